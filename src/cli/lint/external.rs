//! `--external`: asks the addresses that lead out of the handbook.

use std::collections::BTreeMap;

use clap::ValueEnum;

use crate::book::Handbook;
use crate::cli::console::{Failure, Progress, count, say};
use crate::lint::{self, Silent};
use crate::network::{self, Answer, Reach};

/// Which hosts are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Hosts {
    /// Those that everybody can reach
    Public,
    /// Also those of the network that this runs in
    All,
}

/// The addresses that gave no good answer.
///
/// # Errors
///
/// Where not one host has a place, there is no network, and nothing was found out.
pub(super) fn silent(
    handbook: &Handbook,
    hosts: Hosts,
) -> Result<BTreeMap<String, Silent>, Failure> {
    let addresses: Vec<&str> = lint::outside_addresses(handbook).into_iter().collect();
    let reach = match hosts {
        Hosts::Public => Reach::Public,
        Hosts::All => Reach::All,
    };
    let progress = Progress::new("asked", addresses.len(), false);
    let answers = network::ask(&addresses, reach, &|| progress.step());
    drop(progress);
    if !answers.is_empty() && answers.iter().all(|it| *it == Answer::NoHost) {
        let all = count(answers.len(), "address", "addresses");
        return Err(Failure::new(format!("no host of {all} was found"))
            .help("look whether the network is there, or lint without `--external`"));
    }
    let inside = answers.iter().filter(|it| **it == Answer::Inside).count();
    if inside > 0 {
        let inside = count(inside, "address", "addresses");
        say(&format!(
            "note: {inside} of this network not asked; `--external=all` asks there too"
        ));
    }
    let told = addresses
        .into_iter()
        .zip(answers)
        .filter_map(|(address, answer)| {
            let (why, is_sure) = match answer {
                Answer::Here | Answer::Inside => return None,
                Answer::Gone(why) => (why, true),
                Answer::NoHost => ("no host has this name".to_owned(), true),
                Answer::Unclear(why) => (why, false),
            };
            Some((address.to_owned(), Silent { why, is_sure }))
        });
    Ok(told.collect())
}
