//! The text of a page in, the language that its words are of out.

/// Words that are common in English.
const ENGLISH: [&str; 10] = [
    "the", "and", "of", "to", "is", "for", "with", "or", "are", "be",
];

/// Words that are common in the other languages whose words are known, by their tags; those of tables too, which say
/// much in few words.
const OTHERS: [(&str, &[&str]); 4] = [
    ("de", &GERMAN),
    ("es", &SPANISH),
    ("fr", &FRENCH),
    ("pt", &PORTUGUESE),
];
const GERMAN: [&str; 20] = [
    "der",
    "die",
    "das",
    "und",
    "ist",
    "nicht",
    "oder",
    "von",
    "mit",
    "eine",
    "bei",
    "innerhalb",
    "priorit\u{e4}t",
    "reaktionszeit",
    "stunde",
    "stunden",
    "minuten",
    "nutzer",
    "kunden",
    "ausfall",
];
const SPANISH: [&str; 17] = [
    "los",
    "las",
    "para",
    "con",
    "del",
    "una",
    "por",
    "el",
    "y",
    "es",
    "prioridad",
    "respuesta",
    "tiempo",
    "usuarios",
    "clientes",
    "horas",
    "minutos",
];
const FRENCH: [&str; 16] = [
    "les",
    "des",
    "une",
    "est",
    "pour",
    "dans",
    "du",
    "et",
    "le",
    "sur",
    "priorit\u{e9}",
    "d\u{e9}lai",
    "heure",
    "heures",
    "utilisateurs",
    "jours",
];
const PORTUGUESE: [&str; 18] = [
    "os",
    "com",
    "do",
    "da",
    "uma",
    "n\u{e3}o",
    "em",
    "para",
    "por",
    "prioridade",
    "severidade",
    "resposta",
    "tempo",
    "usu\u{e1}rios",
    "clientes",
    "hora",
    "horas",
    "minutos",
];

/// Words of English tables, which say much in few words, and few of them common ones.
const TERSE: [&str; 24] = [
    "response",
    "severity",
    "priority",
    "user",
    "users",
    "customer",
    "system",
    "support",
    "time",
    "hours",
    "hour",
    "minutes",
    "incident",
    "service",
    "critical",
    "high",
    "low",
    "minor",
    "issue",
    "production",
    "down",
    "level",
    "business",
    "on",
];

/// Whether a text is in a language whose sentences are not read.
pub(super) fn is_foreign(text: &str) -> bool {
    let letters = text.chars().filter(|it| it.is_alphabetic());
    let others = letters.clone().filter(|it| *it > '\u{24f}').count();
    if others * 3 > letters.count() {
        return true;
    }
    let words = words(text);
    let english = count(&words, &ENGLISH);
    let foreign = OTHERS.iter().map(|(_, common)| count(&words, common));
    let is_silent = english * 50 < words.len() && count(&words, &TERSE) * 12 < words.len();
    foreign.max().is_some_and(|it| it > english) || words.len() > 60 && is_silent
}

/// The tag of the language that a text is in, where its words are known and it is not English.
pub(super) fn spoken(text: &str) -> Option<&'static str> {
    let words = words(text);
    let counts = OTHERS.map(|(tag, common)| (count(&words, common), tag));
    let (most, tag) = counts.into_iter().max()?;
    let is_common = most * 15 > words.len() && most > count(&words, &ENGLISH);
    is_common.then_some(tag)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|it: char| !it.is_alphabetic())
        .filter(|it| !it.is_empty())
        .collect()
}

/// How many of the words are in a list.
fn count(words: &[&str], list: &[&str]) -> usize {
    let is_in = |it: &&&str| list.iter().any(|word| it.eq_ignore_ascii_case(word));
    words.iter().filter(is_in).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_common_words() {
        let cases = [
            ("Most of the users are not able to pay.", None, false),
            ("Die meisten Kunden und eine Filiale.", Some("de"), true),
            (
                "La plupart des clients et une partie du site.",
                Some("fr"),
                true,
            ),
            (
                "La mayoría de los clientes y una parte del sitio.",
                Some("es"),
                true,
            ),
            (
                "A maioria dos clientes e uma parte do site.",
                Some("pt"),
                true,
            ),
            (
                "| Priorit\u{e4}t | Reaktionszeit | | P1 Ausfall | 15 Minuten |",
                Some("de"),
                true,
            ),
            ("| P1 | Down | 1 h |", None, false),
            ("\u{6240}\u{6709}\u{7528}\u{6237}", None, true),
        ];
        for (text, tag, foreign) in cases {
            assert_eq!(spoken(text), tag, "{text}");
            assert_eq!(is_foreign(text), foreign, "{text}");
        }
    }
}
