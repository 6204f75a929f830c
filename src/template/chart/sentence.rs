//! What a chart shows in words, for those who cannot see it.

use super::{InsertedChart, InsertedSeries};
use crate::template::figure;

/// Of more categories only the largest and the smallest are told.
const MOST_TOLD: usize = 8;
/// Of more series only the names of the first are told.
const MOST_SERIES: usize = 8;

impl InsertedChart {
    /// What the chart shows; `kind` is what it is drawn as.
    pub(in crate::template) fn sentence(&self, kind: &str) -> String {
        let title = self.title.as_ref().or(self.caption.as_ref());
        let title = title.map(|title| format!("“{title}”")).unwrap_or_default();
        let names: Vec<&str> = self.series.iter().take(MOST_SERIES).map(|series| series.name.as_str()).collect();
        let more = if self.series.len() > MOST_SERIES { "等" } else { "" };
        let (count, heading) = (self.categories.len(), &self.heading);
        let by = if heading.is_empty() { "列出".to_owned() } else { format!("按{heading}列出") };
        let mut text = format!("{kind}{title}，{by}{}{more}，共{count}项", names.join("、"));
        for (at, series) in self.series.iter().take(MOST_SERIES).enumerate() {
            text += if at == 0 { "。" } else { "；" };
            if count <= MOST_TOLD {
                let told = self.categories.iter().zip(&series.values).map(|(category, value)| match value {
                    Some(value) => format!("{category}{}", self.written(series, *value)),
                    None => format!("{category}无数据"),
                });
                text += &format!("{}：{}", series.name, told.collect::<Vec<_>>().join("、"));
                continue;
            }
            let known = self.categories.iter().zip(&series.values).filter_map(|(name, value)| Some((name, (*value)?)));
            let most = largest(known.clone());
            let least = known.min_by(|a, b| a.1.total_cmp(&b.1));
            if let (Some((most, largest)), Some((least, smallest))) = (most, least) {
                let (largest, smallest) = (self.written(series, largest), self.written(series, smallest));
                text += &format!("{}最多的是{most}（{largest}），最少的是{least}（{smallest}）", series.name);
            }
        }
        text.push('。');
        text + self.note.as_deref().unwrap_or_default()
    }

    fn written(&self, series: &InsertedSeries, value: f64) -> String {
        match self.picture.as_deref().unwrap_or(&series.picture) {
            "" => figure::plain(value),
            picture => figure::as_picture(value, picture),
        }
    }
}

/// The largest of some values, the first of equal ones.
fn largest<'a>(values: impl Iterator<Item = (&'a String, f64)>) -> Option<(&'a String, f64)> {
    values.fold(None, |most, one| match most {
        Some((_, value)) if value >= one.1 => most,
        _ => Some(one),
    })
}
