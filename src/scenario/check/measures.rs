//! What limits measure: kinds that count, their caps, and what is named in it.

use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::Heads;
use crate::clauses::Measure;
use crate::clauses::PartOfDay;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::facts::stated;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::limits::some_kinds;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Minutes;

/// Checks what a limit measures.
pub fn measure(raw: &raw::Of, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Measure> {
    let counted = |counts: &[raw::Kind], out: &mut Findings| {
        some_kinds(counts, &place.field("counts"), out);
        counts.iter().map(|k| (*k).into()).collect()
    };
    Some(match raw {
        raw::Of::PupilMinutes { counts, caps, in_blocks_of, between } => {
            let counts = counted(counts, out);
            let caps = caps_of(caps, &place.field("caps"), out);
            let (in_blocks_of, between) = (shortest(in_blocks_of, place, out), part_of_day(between, place, out));
            Measure::PupilMinutes { counts, caps: caps?, in_blocks_of: in_blocks_of?, between: between? }
        }
        raw::Of::StaffMinutes { counts, in_blocks_of, between } => {
            let counts = counted(counts, out);
            let (in_blocks_of, between) = (shortest(in_blocks_of, place, out), part_of_day(between, place, out));
            Measure::StaffMinutes { counts, in_blocks_of: in_blocks_of?, between: between? }
        }
        raw::Of::PupilBlocks { counts, in_blocks_of } => {
            let counts = counted(counts, out);
            Measure::PupilBlocks { counts, in_blocks_of: shortest(in_blocks_of, place, out)? }
        }
        raw::Of::StaffBlocks { counts, in_blocks_of } => {
            let counts = counted(counts, out);
            Measure::StaffBlocks { counts, in_blocks_of: shortest(in_blocks_of, place, out)? }
        }
        raw::Of::PupilRun { counts } => Measure::PupilRun { counts: counted(counts, out) },
        raw::Of::StaffRun { counts } => Measure::StaffRun { counts: counted(counts, out) },
        raw::Of::CommonMinutes { counts, with, in_blocks_of } => {
            let counts = counted(counts, out);
            let with_known = ids.roles.find_all(with, &place.field("with"), out);
            let in_blocks_of = shortest(in_blocks_of, place, out);
            with_known?;
            Measure::CommonMinutes { counts, with: with.clone(), in_blocks_of: in_blocks_of? }
        }
        raw::Of::Workday => Measure::Workday,
        raw::Of::PupilsArrive => Measure::PupilsArrive,
        raw::Of::PupilsLeave => Measure::PupilsLeave,
        raw::Of::StaffArrive => Measure::StaffArrive,
        raw::Of::StaffLeave => Measure::StaffLeave,
        raw::Of::PupilDays => Measure::PupilDays,
        raw::Of::StaffDays => Measure::StaffDays,
        raw::Of::Ratio { of, to } => {
            let (of, to) = (heads(of, &place.field("of"), ids, out), heads(to, &place.field("to"), ids, out));
            Measure::Ratio { of: of?, to: to? }
        }
        raw::Of::Fact(id) => {
            stated(id, place, ids, out);
            Measure::Stated(vec![id.clone()])
        }
        raw::Of::Spending(lines) => {
            ids.lines.find_all(lines, place, out)?;
            Measure::Stated(lines.iter().map(|line| format!("budget:{line}")).collect())
        }
        raw::Of::Notice { of, before, counted } => {
            stated(of, &place.field("of"), ids, out);
            stated(before, &place.field("before"), ids, out);
            Measure::Notice { of: of.clone(), before: before.clone(), counted: (*counted).into() }
        }
    })
}

fn caps_of(caps: &[raw::Cap], place: &Place, out: &mut Findings) -> Option<Vec<Cap>> {
    let cap = |(n, cap): (usize, &raw::Cap)| {
        let up_to = values::minutes_or_hours(&cap.1, &place.item(n).item(1), out)?;
        Some(Cap { kind: cap.0.into(), up_to, per: cap.2.map_or(CapPer::Day, Into::into) })
    };
    let all: Vec<_> = caps.iter().enumerate().map(cap).collect();
    all.into_iter().collect()
}

fn shortest(raw: &Option<raw::Quantity>, place: &Place, out: &mut Findings) -> Option<Option<Minutes>> {
    values::maybe(raw.as_ref(), |q| values::minutes(q, &place.field("in_blocks_of"), out))
}

fn part_of_day(raw: &Option<(String, String)>, place: &Place, out: &mut Findings) -> Option<Option<PartOfDay>> {
    values::maybe(raw.as_ref(), |(from, to)| {
        let at = place.field("between");
        let (from, to) = (values::clock_time(from, &at, out), values::clock_time(to, &at, out));
        Some(PartOfDay { from: from?, to: to? })
    })
}

fn heads(raw: &raw::Heads, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Heads> {
    match raw {
        raw::Heads::Pupils => Some(Heads::Pupils),
        raw::Heads::Staff(role) => {
            ids.roles.find(role, place, out)?;
            Some(Heads::Staff(role.clone()))
        }
    }
}
