select
    pairs.pair_id,
    pairs.quality_gap,
    chosen.quality as chosen_quality,
    rejected.quality as rejected_quality
from {{ ref('preference_pairs') }} as pairs
left join {{ ref('model_quality') }} as chosen on pairs.chosen_model = chosen.model
left join {{ ref('model_quality') }} as rejected on pairs.rejected_model = rejected.model
where
    chosen.quality is null
    or rejected.quality is null
    or chosen.quality <= rejected.quality
    or pairs.quality_gap <= 0
    or abs(pairs.quality_gap - (chosen.quality - rejected.quality)) > 2e-9
