//! Too many drivers in one sample (Vlasschaert 2023: four or more; of ten such samples five were artifacts).

use crate::drivers::{Call, Reason, ReasonCode, ReasonValues};
use crate::panel::Filters;

/// Adds a remark to every driver of a sample that has too many; no status changes, since each may be true.
pub fn mark_many_drivers(calls: &mut [Call], filters: &Filters) {
    let Some(limit) = filters.many_drivers else { return };
    let is_driver = |call: &Call| call.status.is_driver_or_review();
    let drivers = calls.iter().filter(|c| is_driver(c)).count();
    if drivers < limit.max(1) as usize {
        return;
    }
    for call in calls.iter_mut().filter(|c| is_driver(c)) {
        call.reasons.push(Reason::new(
            ReasonCode::ManyDrivers,
            ReasonValues::CountFrom {
                count: drivers,
                limit,
            },
        ));
    }
}
