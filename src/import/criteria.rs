//! Criteria that were read in pages in, the same as YAML out.

use super::passage::Passages;
use crate::files::FilePath;
use crate::policy::criteria::{Bound, Comparison, Criteria, Edge, Recurs, Test, Threshold};
use crate::yaml::{Draft, Mapping};

/// Criteria of a severity that is told in `home`.
pub(super) fn write(passages: Passages<'_>, criteria: &Criteria, home: &FilePath) -> Draft {
    let several =
        |list: &[Criteria]| -> Draft { list.iter().map(|it| write(passages, it, home)).collect() };
    let mut mapping = Mapping::default();
    match &criteria.test {
        Test::Text(text) => return passages.value(text, home),
        Test::Any(list) => mapping.put("any_of", several(list)),
        Test::Unstated(list) => {
            mapping.comment("to decide: any of these, or all of them?");
            mapping.put("any_of", several(list));
        }
        Test::All(list) => mapping.put("all_of", several(list)),
        Test::AtLeast { needed, of } => {
            mapping.put("at_least", Draft::plain(&needed.value));
            mapping.put("of", several(of));
        }
        Test::Not(inner) => mapping.put("not", write(passages, inner, home)),
        Test::Metric(comparison) => metric(comparison, &mut mapping),
        Test::Condition(id) => mapping.put("condition", id.as_str()),
        Test::Becoming(it) => {
            mapping.put("becoming", it.severity.as_str());
            if let Some(within) = &it.within {
                mapping.put("within", within.text());
            }
        }
        Test::Recurs(it) => recurs(it, &mut mapping),
        Test::Judgement(it) => {
            let on = it.on.as_ref().map_or("", |it| it.as_str());
            mapping.put("judgement", on);
            if let Some(by) = &it.by {
                mapping.put("by", by.as_str());
            }
        }
    }
    if let Some(words) = &criteria.words {
        mapping.put("words", passages.words(words).as_str());
    }
    let draft = Draft::from(mapping);
    if criteria.is_leaf() {
        return draft.beside(passages.near(&criteria.span, home));
    }
    draft
}

fn metric(comparison: &Comparison, mapping: &mut Mapping) {
    mapping.put("metric", comparison.metric.as_str());
    match (&comparison.lower, &comparison.upper) {
        (Some(lower), Some(upper)) if lower.at == upper.at => {
            mapping.put("exactly", threshold(&lower.at));
        }
        (lower, upper) => {
            bound(lower.as_ref(), "at_least", "above", mapping);
            bound(upper.as_ref(), "at_most", "below", mapping);
        }
    }
    if let Some(time) = &comparison.lasting {
        mapping.put("for", time.text());
    }
}

fn bound(bound: Option<&Bound>, included: &str, excluded: &str, mapping: &mut Mapping) {
    let Some(bound) = bound else { return };
    let key = match bound.edge {
        Edge::Excluded => excluded,
        Edge::Included | Edge::Unstated => included,
    };
    mapping.put(key, threshold(&bound.at));
}

fn threshold(threshold: &Threshold) -> Draft {
    let several = |key: &str, list: &[Threshold]| {
        let mut mapping = Mapping::default();
        mapping.put(key, list.iter().map(self::threshold).collect::<Draft>());
        Draft::from(mapping)
    };
    match threshold {
        Threshold::Fixed(quantity) => quantity.text().into(),
        Threshold::Relative { times, of } => {
            let mut mapping = Mapping::default();
            mapping.put("times", times.text());
            mapping.put("of", of.as_str());
            mapping.into()
        }
        Threshold::MinOf(list) => several("min_of", list),
        Threshold::MaxOf(list) => several("max_of", list),
    }
}

fn recurs(recurs: &Recurs, mapping: &mut Mapping) {
    mapping.put("recurs", Draft::plain(&recurs.times.value));
    if let Some(within) = &recurs.within {
        mapping.put("within", within.text());
    }
    if let Some(same) = &recurs.same {
        mapping.put("same", same.as_str());
    }
}
