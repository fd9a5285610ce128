//! Pictures of findings: the file, the line, the text, and what to do next, as compilers show them.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::Severity;
use crate::findings::Spot;
use crate::scenario::InputFile;
use crate::scenario::lex::floor_char;
use crate::scenario::patch::Piece;
use crate::scenario::spans;
use crate::scenario::spans::Spans;
use annotate_snippets::AnnotationKind;
use annotate_snippets::Group;
use annotate_snippets::Level;
use annotate_snippets::Origin;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;
use std::collections::BTreeMap;
use std::ops::Range;

/// All findings as text, with the lines they are about, and a last line that counts them.
pub fn picture(findings: &Findings, files: &[InputFile]) -> String {
    let mut spans: BTreeMap<&str, Spans> = BTreeMap::new();
    let mut out = String::new();
    for finding in findings.iter() {
        for label in &finding.labels {
            if let Some(file) = files.iter().find(|f| f.name == *label.place.file) {
                spans.entry(&file.name).or_insert_with(|| spans::find(file.as_read()));
            }
        }
        out.push_str(&one(finding, files, &spans));
        out.push_str("\n\n");
    }
    out.push_str(&count(findings));
    out.push('\n');
    out
}

/// The file and the line, from 1, in which something is written; nothing when its file is not among these.
///
/// What a proposal changed is written in the proposal's file.
pub fn written_at(place: &Place, files: &[InputFile]) -> Option<(String, usize)> {
    let file = files.iter().find(|f| f.name == *place.file)?;
    let spans = spans::find(file.as_read());
    let seen = seen(place, files, Some(&spans));
    let file = files.iter().find(|f| f.name == seen.file)?;
    let start = floor_char(&file.text, seen.bytes.start);
    Some((seen.file, 1 + file.text[..start].matches('\n').count()))
}

/// The line on which something is written, from 1; nothing when its file is not among these.
pub fn line_of(place: &Place, files: &[InputFile]) -> Option<usize> {
    written_at(place, files).map(|(_, line)| line)
}

/// A label with the file and the bytes that a person wrote it at.
struct Seen {
    file: String,
    bytes: Range<usize>,
}

/// Where a place was written: in the file it names, or in that of a proposal that changed it.
fn seen(place: &Place, files: &[InputFile], spans: Option<&Spans>) -> Seen {
    let here = |bytes| Seen { file: place.file.to_string(), bytes };
    let Some(file) = files.iter().find(|f| f.name == *place.file) else { return here(0..0) };
    let bytes = bytes_of(place, file.as_read(), spans);
    let Some((origin, bytes)) = file.patched.as_ref().and_then(|p| p.origin(bytes.clone())) else {
        return here(bytes);
    };
    Seen { file: origin.to_string(), bytes }
}

/// Such as `3 errors, 1 warning`.
fn count(findings: &Findings) -> String {
    let n = |severity| findings.iter().filter(|f| f.severity == severity).count();
    let words = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (n(Severity::Error), n(Severity::Warning)) {
        (0, 0) => "no errors, no warnings".to_string(),
        (errors, 0) => words(errors, "error"),
        (0, warnings) => words(warnings, "warning"),
        (errors, warnings) => format!("{}, {}", words(errors, "error"), words(warnings, "warning")),
    }
}

fn one(finding: &Finding, files: &[InputFile], spans: &BTreeMap<&str, Spans>) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let spans_of = |place: &Place| spans.get(&*place.file);
    let mut all: Vec<(Seen, &str)> = (finding.labels.iter())
        .map(|label| (seen(&label.place, files, spans_of(&label.place)), label.text.as_str()))
        .collect();
    all.extend(finding.labels.iter().flat_map(|label| changed_in(&label.place, files, spans_of(&label.place))));
    let mut group = Group::with_title(level.primary_title(finding.message.as_str()).id(finding.code));
    for (n, name) in files_of(&all).into_iter().enumerate() {
        let Some(file) = files.iter().find(|f| f.name == name) else {
            group = group.element(Origin::path(name));
            continue;
        };
        let labels: Vec<(Range<usize>, &str)> = (all.iter())
            .filter(|(seen, _)| seen.file == name)
            .map(|(seen, text)| (on_one_line(&seen.bytes, &file.text), *text))
            .collect();
        let shown = lines_around(&labels, &file.text);
        let first_line = 1 + file.text[..shown.start].matches('\n').count();
        let mut snippet = Snippet::source(&file.text[shown.clone()]).path(name).line_start(first_line);
        for (k, (span, text)) in labels.into_iter().enumerate() {
            let kind = if n == 0 && k == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(span.start - shown.start..span.end - shown.start);
            snippet = snippet.annotation(annotation.label((!text.is_empty()).then_some(text)));
        }
        group = group.element(snippet);
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::plain().render(&[group])
}

/// More text than this is too much to name every change in it.
const MOST_BYTES: usize = 1_500;

/// What proposals changed inside of what a label points at.
fn changed_in<'a>(place: &Place, files: &[InputFile], spans: Option<&Spans>) -> Vec<(Seen, &'a str)> {
    let Some(file) = files.iter().find(|f| f.name == *place.file) else { return Vec::new() };
    let bytes = bytes_of(place, file.as_read(), spans);
    let Some(patched) = file.patched.as_ref().filter(|_| bytes.len() <= MOST_BYTES) else { return Vec::new() };
    let mut pieces: Vec<&Piece> = patched.touched(&bytes).filter(|piece| piece.verbatim).collect();
    // A label that points into a proposal shows the change itself.
    if pieces.first().is_some_and(|piece| *piece.file != *file.name) {
        return Vec::new();
    }
    pieces.retain(|piece| *piece.file != *file.name);
    let seen = |piece: &Piece| Seen { file: piece.file.to_string(), bytes: piece.from..piece.until };
    pieces.into_iter().map(|piece| (seen(piece), "changed here")).collect()
}

/// The files that labels are seen in, the main one first.
fn files_of<'a>(labels: &'a [(Seen, &str)]) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    for (seen, _) in labels {
        if !names.contains(&seen.file.as_str()) {
            names.push(&seen.file);
        }
    }
    names
}

/// The lines from the first label to the last, so that a large file is not looked through for each finding.
fn lines_around(labels: &[(Range<usize>, &str)], text: &str) -> Range<usize> {
    let first = labels.iter().map(|(s, _)| s.start).min().unwrap_or(0);
    let last = labels.iter().map(|(s, _)| s.end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |n| n + 1);
    let end = text[last..].find('\n').map_or(text.len(), |n| last + n + 1);
    start..end
}

/// The bytes that a place means in a text.
fn bytes_of(place: &Place, text: &str, spans: Option<&Spans>) -> Range<usize> {
    let whole = match (&place.spot, spans) {
        (Spot::Bytes(start, end), _) => *start..*end,
        (Spot::Path(path), Some(spans)) => spans.value(path).unwrap_or(0..0),
        (Spot::Key(path), Some(spans)) => spans.key(path).unwrap_or(0..0),
        (Spot::Path(_) | Spot::Key(_), None) => 0..0,
    };
    let start = floor_char(text, whole.start);
    start..floor_char(text, whole.end).max(start)
}

/// The bytes that a label points at: never more than one line, and always inside the text.
fn on_one_line(whole: &Range<usize>, text: &str) -> Range<usize> {
    let start = floor_char(text, whole.start);
    let end = floor_char(text, whole.end).max(start);
    let line = text[start..end].find('\n').map_or(end, |n| start + n);
    start..start + text[start..line].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn file() -> InputFile {
        InputFile::new("a/b.ron".into(), "Part(\n    bells: [\n        Schedule(id: \"x\"),\n    ],\n)\n".into())
    }

    #[test]
    fn a_finding_shows_its_line_its_label_and_its_help() {
        let name: Arc<str> = Arc::from("a/b.ron");
        let finding = Finding::error("bells::test", "something is wrong")
            .at(&Place::at(&name, "bells[0].id"), "this id")
            .help("mend it");
        let shown = picture(&finding.into(), &[file()]);
        for part in
            ["error[bells::test]: something is wrong", "--> a/b.ron:3:22", "this id", "help: mend it", "1 error"]
        {
            assert!(shown.contains(part), "{part} is missing in\n{shown}");
        }
    }

    #[test]
    fn a_place_that_does_not_exist_is_still_pictured() {
        let name: Arc<str> = Arc::from("a/b.ron");
        let far = Finding::warning("x::y", "far").at(&Place::bytes(&name, 900..1000), "here");
        assert!(picture(&far.into(), &[file()]).ends_with("1 warning\n"));
        let unknown = Finding::error("x::y", "unread").at(&Place::at(&Arc::from("c.ron"), "a"), "here");
        assert!(picture(&unknown.into(), &[file()]).contains("c.ron"));
    }
}
