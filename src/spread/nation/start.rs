//! When districts begin: in waves, or by what they see others do.

use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::nation::plan::NationPlan;
use crate::nation::territory::Neighbours;
use crate::nation::territory::places;

/// The school year, from 0, in which each district begins: nothing for those that are in no wave.
pub fn in_waves(plan: &NationPlan, luck: &Luck) -> Vec<Option<u32>> {
    let begins = |(district, site): (usize, &crate::nation::territory::DistrictSite)| {
        let u = luck.draw(Key::from_name(&site.id), Decision::Begin, 0, 0);
        let mut below = 0.0;
        let state = usize::from(plan.territory.districts[district].state);
        for wave in plan.waves.iter().filter(|w| w.states.as_ref().is_none_or(|states| states.contains(&state))) {
            below += wave.share.as_f64();
            if u < below {
                return Some(wave.in_year - 1);
            }
        }
        None
    };
    plan.territory.districts.iter().enumerate().map(begins).collect()
}

/// Districts that begin in a school year because of what they have seen until then.
pub fn following(
    plan: &NationPlan,
    neighbours: &Neighbours,
    luck: &Luck,
    year: u32,
    begins: &[Option<u32>],
) -> Vec<usize> {
    let begun = |district: usize| begins[district].is_some_and(|since| since < year);
    let share = |of: &mut dyn Iterator<Item = usize>| {
        let (mut n, mut all) = (0.0, 0.0);
        of.for_each(|district| {
            all += 1.0;
            n += f64::from(u8::from(begun(district)));
        });
        if all > 0.0 { n / all } else { 0.0 }
    };
    let in_region: Vec<f64> = plan.territory.regions.iter().map(|region| share(&mut places(region))).collect();
    let in_state: Vec<f64> = plan.territory.states.iter().map(|state| share(&mut places(&state.districts))).collect();
    let follows = &plan.follows;
    let begins_now = |district: &usize| {
        let site = &plan.territory.districts[*district];
        let near = share(&mut neighbours.of(*district).iter().map(|n| *n as usize));
        let hazard = follows.alone
            + follows.neighbours * near
            + follows.region * in_region[site.region as usize]
            + follows.state * in_state[usize::from(site.state)];
        let u = luck.draw(Key::from_name(&site.id), Decision::Begin, 1, year as u16);
        u < 1.0 - libm::exp(-hazard)
    };
    (0..begins.len()).filter(|district| begins[*district].is_none()).filter(begins_now).collect()
}
