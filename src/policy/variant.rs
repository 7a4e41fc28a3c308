//! A policy and one of its variants in, the policy that then holds out.

use super::Policy;
use super::adjust::Variant;
use super::metric::Metric;
use super::response::Response;

impl Policy {
    /// The policy as it holds for a variant: what the variant states replaces what the policy states,
    /// value by value. The variants themselves are left out.
    #[must_use]
    pub fn in_variant(&self, variant: &Variant) -> Self {
        let mut policy = self.clone();
        policy.variants = Vec::new();
        for metric in &variant.metrics {
            match policy.metrics.iter_mut().find(|it| *it.id == *metric.id) {
                Some(base) => replace_metric(base, metric),
                None => policy.metrics.push(metric.clone()),
            }
        }
        for stated in &variant.severities {
            let Some(rank) = policy.rank(&stated.id) else {
                continue;
            };
            let severity = &mut policy.severities[rank];
            if stated.when.is_some() {
                severity.when.clone_from(&stated.when);
            }
            match (&mut severity.response, &stated.response) {
                (Some(base), Some(response)) => replace_response(base, response),
                (base @ None, response) => base.clone_from(response),
                (Some(_), None) => {}
            }
        }
        policy
    }
}

fn replace_metric(base: &mut Metric, metric: &Metric) {
    let Metric {
        title,
        unit,
        population,
        window,
        statistic,
        worse,
        dimension,
        source,
        if_unknown,
        ..
    } = metric;
    replace(&mut base.title, title.as_ref());
    replace(&mut base.unit, unit.as_ref());
    replace(&mut base.population, population.as_ref());
    replace(&mut base.window, window.as_ref());
    replace(&mut base.statistic, statistic.as_ref());
    replace(&mut base.worse, worse.as_ref());
    replace(&mut base.dimension, dimension.as_ref());
    replace_all(&mut base.source, source);
    replace(&mut base.if_unknown, if_unknown.as_ref());
}

fn replace_response(base: &mut Response, response: &Response) {
    replace(&mut base.page, response.page.as_ref());
    replace(&mut base.ack, response.ack.as_ref());
    replace(&mut base.engage, response.engage.as_ref());
    replace(&mut base.mitigate, response.mitigate.as_ref());
    replace(&mut base.resolve, response.resolve.as_ref());
    for update in &response.updates {
        let audience = |it: &super::response::Update| *it.audience == *update.audience;
        match base.updates.iter_mut().find(|it| audience(it)) {
            Some(base) => base.clone_from(update),
            None => base.updates.push(update.clone()),
        }
    }
    replace(
        &mut base.first_public_update,
        response.first_public_update.as_ref(),
    );
    replace_all(&mut base.roles.required, &response.roles.required);
    replace_all(&mut base.roles.on_demand, &response.roles.on_demand);
    replace(&mut base.authority, response.authority.as_ref());
    replace_all(&mut base.actions, &response.actions);
    replace_all(&mut base.links, &response.links);
    replace(&mut base.review, response.review.as_ref());
    replace_all(&mut base.text, &response.text);
}

fn replace<T: Clone>(base: &mut Option<T>, stated: Option<&T>) {
    if let Some(stated) = stated {
        *base = Some(stated.clone());
    }
}

fn replace_all<T: Clone>(base: &mut Vec<T>, stated: &[T]) {
    if !stated.is_empty() {
        base.clear();
        base.extend_from_slice(stated);
    }
}
