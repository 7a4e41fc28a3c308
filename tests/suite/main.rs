//! One test program, a module a subject.

mod classify;
mod house;
mod report;
mod rules;
mod settings;
