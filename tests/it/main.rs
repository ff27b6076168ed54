//! The tests from outside, in one program: each file shows one thing, and they share the desk that they work at.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test counts what it has made itself, and may end in a panic"
)]

mod absent_values;
mod agreement;
mod amounts;
mod answers;
mod annexes;
mod annual;
mod approvals;
mod blocks;
mod browser;
mod book;
mod bundles;
mod captions;
mod cases;
mod causes;
mod catalogue;
mod codes;
mod collection;
mod commands;
mod compare;
mod contradictions;
mod corrections;
mod counting;
mod cutoff;
mod definitions;
mod desk;
mod diff;
mod domain;
mod explain;
mod figures;
mod filled;
mod foreign;
mod formats;
mod forms;
mod gaps;
mod handbook;
mod import;
mod issued;
mod late;
mod ledgers;
mod lists;
mod names;
mod office;
mod own_forms;
mod packages;
mod paper;
mod pictures;
mod planted;
mod projects;
mod proof;
mod reach;
mod recounted;
mod regulations;
mod reminders;
mod reopened;
mod repository;
mod returned;
mod rules;
mod session;
mod shapes;
mod starter;
mod statements;
mod statistics;
mod summaries;
mod synonyms;
mod tidy;
mod troubles;
mod word;
mod workbook;
