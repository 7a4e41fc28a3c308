//! The rules, one a file beside its page, in the order of their names.

use crate::diagnostic::Rule;

use super::Findings;
use super::subject::Subject;

/// A rule and how it is checked.
pub(super) struct Entry {
    pub(super) rule: &'static Rule,
    pub(super) check: fn(&Subject<'_>, &mut Findings),
}

/// Names the files once: they become modules and the list of [`ENTRIES`].
macro_rules! rules {
    ($($family:ident { $($rule:ident,)* })*) => {
        $(
            pub(super) mod $family {
                $(pub(in crate::lint) mod $rule;)*
            }
        )*

        /// Every rule, in the order of the names.
        pub(super) static ENTRIES: &[Entry] = &[
            $($(Entry {
                rule: &$family::$rule::RULE,
                check: $family::$rule::check,
            },)*)*
        ];
    };
}

rules! {
    complete {
        dimension_gap,
        empty_cell,
        level_numbering,
        matrix_hole,
        missing_ack_target,
        missing_criteria,
        missing_escalation,
        missing_example,
        missing_intent,
        missing_major_line,
        missing_owner,
        missing_response,
        missing_review,
        missing_role,
        missing_target,
        missing_tie_break,
        missing_trigger,
        missing_update_cadence,
        partial_list,
        unclear_calendar,
        undeclared,
        unstated_hours,
        untimed_response,
        unused,
        vague_obligation,
        vague_time,
    }
    content {
        bad_symlink,
        conflicting_statement,
        duplicate_example,
        duplicate_id,
        duplicate_title,
        empty_admonition,
        empty_link,
        empty_section,
        encoding,
        example_mismatch,
        file_name,
        front_matter,
        heading_skip,
        html_structure,
        image_alt,
        immediate_and_timed,
        leftover_placeholder,
        missing_owner,
        missing_snippet,
        mixed_indent,
        never_closed,
        opposite_duty,
        outside,
        personal_data,
        raw_html,
        restated_policy,
        same_address,
        second_definition,
        second_scale,
        special_file,
        stale_review,
        table_header_scope,
        too_large,
        tree_mismatch,
        two_bounds,
        unknown_tag,
        unreadable,
        unshown_icon,
        unused_factor,
        wrong_count,
    }
    link {
        absolute,
        broken_anchor,
        broken_file,
        case_mismatch,
        external_dead,
        orphan_page,
        raw_html,
        redirect,
        removed_without_redirect,
        unsafe_address,
    }
    metric {
        ambiguous_bound,
        brief_peak,
        cause,
        circular_criterion,
        contradiction,
        duplicate_criterion,
        escape_clause,
        gap,
        half_measured,
        hole,
        left_to_judgement,
        linked_criterion,
        lone_factor,
        lone_threshold,
        loose_term,
        loose_window,
        missing,
        nested_thresholds,
        no_baseline,
        no_population,
        no_window,
        one_sided_workaround,
        open_list,
        overlap,
        redundant_criterion,
        shared_clause,
        uncapped_shift,
        undecided,
        undefined,
        undetermined_severity,
        uneven_combination,
        unit_mismatch,
        unmeasured_severity,
        unreachable,
        unstated_combination,
        unstated_derivation,
        vague_term,
        word_gap,
        workaround_gap,
    }
    ordered {
        early_escalation,
        matrix_inversion,
        matrix_tie,
        mixed_style,
        not_monotone,
        obligation_regression,
        response_inversion,
        response_sequence,
        response_tie,
        scope_inversion,
        skipped_severity,
        threshold_inversion,
    }
    schema {
        duplicate_key,
        invalid,
        unknown_key,
        unsupported,
        unsupported_version,
    }
    suppress {
        expired,
        missing_reason,
        unknown_rule,
        unused,
    }
    template {
        error,
        words,
    }
    term {
        alias_drift,
        undefined_acronym,
        undefined_term,
        unknown_role,
        unknown_severity,
        unnamed_severity,
    }
}

/// Every rule, in the order of the names.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    ENTRIES.iter().map(|it| it.rule)
}

/// The rule of this name, number or former name.
pub fn find(name: &str) -> Option<&'static Rule> {
    rules().find(|it| it.code.0 == name || it.number == name || it.former.contains(&name))
}

/// The name of the rule that is nearest to a name that no rule has; `None` where none is near.
pub fn nearest(name: &str) -> Option<&'static str> {
    let likeness = |it: &'static Rule| {
        let words = it.code.0.rsplit('/').next().unwrap_or_default();
        let whole = strsim::jaro_winkler(it.code.0, name);
        (whole.max(strsim::jaro_winkler(words, name)), it.code.0)
    };
    let best = rules()
        .map(likeness)
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 > 0.8).then_some(best.1)
}
