//! One test program, a module a subject.

mod bad_input;
mod browser;
mod classify;
mod corpus;
mod defects;
mod diff;
mod formats;
mod house;
mod import;
mod lint;
mod output;
mod parity;
mod planted;
mod plugins;
mod program;
mod reading;
mod report;
mod rules;
mod same;
mod search;
mod serve;
mod settings;
mod shapes;
mod site;
mod start;
mod warm;
