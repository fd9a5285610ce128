//! Hours that educators have, week by week.

/// Hours of some lists by week and role; those of a week lie side by side, as a week asks for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct WeeklyHours {
    n_lists: usize,
    n_roles: usize,
    hours: Vec<f64>,
}

impl WeeklyHours {
    /// Hours \[h\] given by week, list and role.
    pub fn new(
        n_weeks: usize,
        (n_lists, n_roles): (usize, usize),
        hours: impl Fn(usize, usize, usize) -> f64,
    ) -> WeeklyHours {
        let mut all = Vec::with_capacity(n_weeks * n_lists * n_roles);
        for week in 0..n_weeks {
            for list in 0..n_lists {
                all.extend((0..n_roles).map(|role| hours(week, list, role)));
            }
        }
        WeeklyHours { n_lists, n_roles, hours: all }
    }

    fn place(&self, week: usize, list: usize) -> std::ops::Range<usize> {
        let first = (week * self.n_lists + list) * self.n_roles;
        first..first + self.n_roles
    }

    /// The hours of a list in a week, by role \[h\].
    pub fn of(&self, week: usize, list: usize) -> &[f64] {
        &self.hours[self.place(week, list)]
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, week: usize, list: usize) -> &mut [f64] {
        let place = self.place(week, list);
        &mut self.hours[place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_week_list_and_role_has_hours_of_its_own() {
        let mut hours = WeeklyHours::new(3, (2, 4), |week, list, role| (100 * week + 10 * list + role) as f64);
        assert_eq!(hours.of(2, 1), [210.0, 211.0, 212.0, 213.0]);
        hours.of_mut(1, 0).fill(0.0);
        assert_eq!((hours.of(1, 0), hours.of(1, 1)[0], hours.of(0, 1)[3]), ([0.0; 4].as_slice(), 110.0, 13.0));
    }
}
