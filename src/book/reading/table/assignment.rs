//! Tables that say who is responsible, accountable, consulted or informed: their cells are letters that divide
//! work, and no words about a severity.

use super::Lines;

/// The letters, and the words that they stand for.
const PARTS: [(&str, &str); 6] = [
    ("r", "responsible"),
    ("a", "accountable"),
    ("c", "consulted"),
    ("i", "informed"),
    ("s", "supports"),
    ("v", "verifies"),
];

/// Whether all that the table says beside its heads is which part in the work somebody has.
pub(super) fn is_assignment(lines: &Lines<'_>) -> bool {
    let rows = lines.rows.iter().filter(|it| !it.is_note);
    let cells = rows.flat_map(|it| it.cells.iter().skip(1));
    let mut seen = Vec::new();
    for cell in cells {
        for word in parts(lines.words(cell)) {
            let Some(part) = part(word) else {
                return false;
            };
            if !seen.contains(&part) {
                seen.push(part);
            }
        }
    }
    seen.len() > 1
}

/// The words of a cell; a dash and the like are none.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
}

/// Which part a word names.
fn part(word: &str) -> Option<usize> {
    PARTS.iter().position(|(letter, name)| {
        word.eq_ignore_ascii_case(letter) || word.eq_ignore_ascii_case(name)
    })
}
