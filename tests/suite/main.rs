//! One test program, a module a subject.

mod house;
mod report;
mod rules;
