//! What pages say must be done in, the same as YAML out.

use super::passage::Passages;
use super::severities::{self, TO_DECIDE};
use crate::files::FilePath;
use crate::policy::Text;
use crate::policy::response::{Deadline, Page, Response, Review, Roles, Target};
use crate::yaml::{Draft, Mapping};

/// The response of a severity that is told in `home`, with a mark for each number that it does not have.
pub(super) fn write(
    passages: Passages<'_>,
    response: Option<&Response>,
    is_major: bool,
    home: &FilePath,
) -> Mapping {
    let mut writer = Writer {
        passages,
        home,
        mapping: Mapping::default(),
        words: Vec::new(),
    };
    let nothing = Response::new(crate::span::Span::new(home, 0..0));
    writer.response(response.unwrap_or(&nothing), is_major);
    writer.mapping
}

struct Writer<'book> {
    passages: Passages<'book>,
    home: &'book FilePath,
    mapping: Mapping,
    /// Times that are only words, and no time for a program.
    words: Vec<Draft>,
}

impl Writer<'_> {
    fn response(&mut self, response: &Response, is_major: bool) {
        let passages = self.passages;
        let texts = |list: &[Text]| -> Vec<Draft> {
            list.iter()
                .filter(|it| severities::is_said(it))
                .map(|it| passages.value(it, self.home))
                .collect()
        };
        let (actions, mut text) = (texts(&response.actions), texts(&response.text));
        if let Some(page) = &response.page {
            self.mapping.put("page", page_of(page));
        }
        let once = [
            ("ack", &response.ack),
            ("engage", &response.engage),
            ("mitigate", &response.mitigate),
            ("resolve", &response.resolve),
        ];
        for (key, target) in once {
            match target {
                Some(target) => self.target(key, target),
                None if key == "ack" => {
                    self.undecided("ack: in which time does somebody say that they have seen it?");
                }
                None => {}
            }
        }
        let mut updates = Mapping::default();
        for update in &response.updates {
            if let Some(draft) = self.time(&update.audience, &update.every) {
                updates.put(&update.audience, draft);
            }
        }
        if response.updates.is_empty() && is_major {
            self.undecided("updates: who hears how often?");
        }
        self.mapping.put_some("updates", updates);
        if let Some(target) = &response.first_public_update {
            self.target("first_public_update", target);
        }
        self.mapping.put_some("roles", roles(&response.roles));
        if let Some(authority) = &response.authority {
            let authority = passages.value(authority, self.home);
            self.mapping.put("authority", authority);
        }
        self.mapping
            .put_some("actions", actions.into_iter().collect::<Draft>());
        match &response.review {
            Some(review) => self.review(review),
            None if is_major => {
                self.undecided("review: has there to be one, and within which time?");
            }
            None => {}
        }
        text.append(&mut self.words);
        self.mapping
            .put_some("text", text.into_iter().collect::<Draft>());
    }

    fn undecided(&mut self, what: &str) {
        self.mapping.comment(&format!("{TO_DECIDE} {what}"));
    }

    fn target(&mut self, key: &str, target: &Target) {
        match self.time(key, target) {
            Some(draft) => self.mapping.put(key, draft),
            None => self.undecided(&format!(
                "{key}: as a time; what pages say is in `text` below"
            )),
        }
    }

    /// A time; `None` where it is words that look like a number and are none, which go into the text.
    fn time(&mut self, key: &str, target: &Target) -> Option<Draft> {
        let place = self.passages.near(&target.span, self.home);
        let time = match &target.time.value {
            Deadline::Within(quantity) => quantity.text().to_owned(),
            Deadline::Never => "none".to_owned(),
            Deadline::Words(words) if words.starts_with(|it: char| it.is_ascii_digit()) => {
                let words = super::passage::on_one_line(words);
                let words = format!("{key}: {words}");
                self.words.push(Draft::from(words.as_str()).beside(place));
                return None;
            }
            Deadline::Words(words) => super::passage::on_one_line(words),
        };
        let Some(calendar) = &target.calendar else {
            return Some(Draft::from(time.as_str()).beside(place));
        };
        let mut mapping = Mapping::default();
        mapping.put("time", time.as_str());
        mapping.put("calendar", calendar.as_str());
        Some(Draft::from(mapping).beside(place))
    }

    fn review(&mut self, review: &Review) {
        let mut mapping = Mapping::default();
        if let Some(required) = &review.required {
            mapping.put("required", Draft::plain(&required.value));
        }
        match &review.within {
            Some(within) => {
                if let Some(draft) = self.time("review", within) {
                    mapping.put("within", draft);
                }
            }
            None => mapping.comment(&format!("{TO_DECIDE} within: how soon?")),
        }
        self.mapping.put("review", mapping);
    }
}

fn page_of(page: &Page) -> Mapping {
    let mut mapping = Mapping::default();
    mapping.put_some("who", severities::plain_list(&page.who));
    let texts = [("urgency", &page.urgency), ("hours", &page.hours)];
    for (key, text) in texts {
        if let Some(text) = text {
            mapping.put(key, text.as_str());
        }
    }
    mapping
}

fn roles(roles: &Roles) -> Mapping {
    let mut mapping = Mapping::default();
    mapping.put_some("required", severities::plain_list(&roles.required));
    mapping.put_some("on_demand", severities::plain_list(&roles.on_demand));
    mapping
}
