{{ config(materialized='table') }}
-- depends_on: {{ ref('stg_leaderboard_cells') }}
-- depends_on: {{ ref('stg_benchmarks') }}
-- depends_on: {{ ref('stg_benchmark_names') }}
{% if var('leaderboard') is none %}
{{ no_leaderboard_columns() }}
{% else %}
with

cells as (

    select * from {{ ref('stg_leaderboard_cells') }}

),

benchmarks as (

    select * from {{ ref('stg_benchmarks') }}

),

names as (

    select * from {{ ref('stg_benchmark_names') }}

),

-- var leaderboard_columns, which goes before what a column is called
given_names as (

    {{ given_benchmarks() }}

),

given_units as (

    {{ given_units() }}

),

columns as (

    select
        file_number,
        source_file,
        board,
        shape,
        column_name,
        min(column_number) as column_number,
        max(stated_unit) as stated_unit,
        count(*) filter (where not is_missing and model_key <> '') as n_figures,
        {{ benchmark_name_key('column_name') }} as column_key,
        {{ benchmark_name_key(without_measure('column_name')) }} as column_key_without_measure,
        {{ without_measure('column_name') }} <> lower(column_name) as has_measure
    from cells
    group by file_number, source_file, board, shape, column_name

),

named_columns as (

    select
        columns.*,
        coalesce(dated.benchmark, given.benchmark, exact.benchmark, measured.benchmark)
            as benchmark,
        coalesce(
            case when given.benchmark is not null then false end,
            exact.is_part,
            measured.is_part,
            false
        ) as is_part,
        case
            when given.benchmark is not null then 'leaderboard_columns'
            when exact.benchmark is not null then 'name'
            when measured.benchmark is not null then 'name without measure'
        end as named_by
    from columns
    left join given_names on columns.column_key = given_names.column_key
    left join names as given on given_names.name_key = given.name_key
    left join names as exact on columns.column_key = exact.name_key
    left join names as measured on columns.column_key_without_measure = measured.name_key
    -- livebench_2024_06_24.csv has figures of that release, where benchmarks.csv has it by itself
    left join names as dated
        on {{ benchmark_name_key(
            'coalesce(given.benchmark, exact.benchmark, measured.benchmark)'
        ) }} || {{ digits_of_date('columns.source_file') }} = dated.name_key

),

-- epoch_gsm8k.csv with a single column of scores, called EM, has scores of GSM8K
files_without_names as (

    select
        file_number,
        source_file,
        min(column_name) filter (where {{ is_score_column('column_name') }}) as score_column
    from named_columns
    where n_figures > 0
    group by file_number, source_file
    having
        count(benchmark) = 0
        and count(*) filter (where {{ is_score_column('column_name') }}) = 1

),

named_by_file as (

    select
        files_without_names.file_number,
        files_without_names.score_column,
        max_by(names.benchmark, length(names.name_key)) as benchmark
    from files_without_names
    inner join names
        on not names.is_part
        and {{ has_words('files_without_names.source_file', 'names.name') }}
    group by files_without_names.file_number, files_without_names.score_column

),

known_columns as (

    select
        named_columns.* exclude (benchmark, named_by),
        coalesce(named_columns.benchmark, named_by_file.benchmark) as benchmark,
        coalesce(
            named_columns.named_by,
            case when named_by_file.benchmark is not null then 'file name' end
        ) as named_by,
        benchmarks.unit,
        -- as percents where the unit is a share, so that fractions and percents are told by it
        case when benchmarks.unit = 'fraction' then benchmarks.chance * 100 else benchmarks.chance
            end as chance,
        benchmarks.ceiling,
        case
            when benchmarks.unit in ('percent', 'fraction') then 0
            else {{ lowest_plausible('benchmarks.unit', 'benchmarks.chance') }}
        end as lowest,
        case
            when benchmarks.unit in ('percent', 'fraction') then 100
            else {{ highest_plausible(
                'benchmarks.unit', 'benchmarks.chance', 'benchmarks.ceiling'
            ) }}
        end as highest,
        given_units.unit as given_unit
    from named_columns
    left join named_by_file
        on named_columns.file_number = named_by_file.file_number
        and named_columns.column_name = named_by_file.score_column
    left join benchmarks
        on coalesce(named_columns.benchmark, named_by_file.benchmark) = benchmarks.benchmark
    left join given_units on benchmarks.benchmark = given_units.benchmark

),

figures as (

    select
        cells.*,
        known_columns.chance,
        known_columns.lowest,
        known_columns.highest
    from cells
    inner join known_columns
        on cells.file_number = known_columns.file_number
        and cells.source_file = known_columns.source_file
        and cells.column_name = known_columns.column_name
    where known_columns.benchmark is not null and not cells.is_missing and cells.model_key <> ''

),

-- a comma is read one way in a whole column: the way that leaves all figures possible
comma_readings as (

    select
        file_number,
        source_file,
        column_name,
        count(*) filter (where has_comma) > 0 as has_commas,
        bool_and(coalesce(number_with_decimal_comma between lowest and highest, false))
            as fits_decimal,
        bool_and(coalesce(number_with_thousands between lowest and highest, false))
            as fits_thousands,
        count(number_with_decimal_comma) as n_decimal,
        count(number_with_thousands) as n_thousands
    from figures
    group by file_number, source_file, column_name

),

decimal_signs as (

    select
        *,
        case
            when not has_commas then 'point'
            when fits_decimal and fits_thousands then 'unclear'
            when fits_decimal then 'comma'
            when fits_thousands then 'point'
            when n_decimal > n_thousands then 'comma'
            else 'point'
        end as decimal_sign
    from comma_readings

),

numbers as (

    select
        figures.*,
        {{ number_in_column() }} as number
    from figures
    inner join decimal_signs
        on figures.file_number = decimal_signs.file_number
        and figures.source_file = decimal_signs.source_file
        and figures.column_name = decimal_signs.column_name

),

counts as (

    select
        file_number,
        source_file,
        column_name,
        count(number) as n_numbers,
        count(*) filter (where has_percent_sign) as n_signed,
        count(*) filter (where number > 0 and number <= 1 and not has_percent_sign) as n_small,
        count(*) filter (where number > 1) as n_large,
        count(*) filter (where number between lowest and highest) as n_possible,
        count(*) filter (where number < chance) as n_under_chance,
        count(*) filter (where number * 100 < chance) as n_fractions_under_chance,
        count(*) filter (where is_decorated) as n_decorated,
        {{ first_of_list(
            "score_text || ' of ' || model",
            'row_number',
            'number > 0 and number <= 1 and not has_percent_sign'
        ) }} as small_figures
    from numbers
    group by file_number, source_file, column_name

),

counted_columns as (

    select
        known_columns.*,
        decimal_signs.decimal_sign,
        counts.* exclude (file_number, source_file, column_name)
    from known_columns
    left join decimal_signs
        on known_columns.file_number = decimal_signs.file_number
        and known_columns.source_file = decimal_signs.source_file
        and known_columns.column_name = decimal_signs.column_name
    left join counts
        on known_columns.file_number = counts.file_number
        and known_columns.source_file = counts.source_file
        and known_columns.column_name = counts.column_name

),

-- one small figure in a short column is a fifth of it: there all percents of the file count
files as (

    select
        file_number,
        sum(n_small) filter (where n_large > 0) as n_small_in_file,
        sum(n_numbers) filter (where n_large > 0) as n_numbers_in_file
    from counted_columns
    where unit in ('percent', 'fraction')
    group by file_number

),

measured_columns as (

    select
        counted_columns.*,
        case
            when given_unit <> 'rescaled' then given_unit
            when stated_unit is not null and unit in ('percent', 'fraction') then stated_unit
            when unit not in ('percent', 'fraction') then unit
            when n_large = 0 and n_signed = 0 and n_small > 0 then 'fraction'
            when n_small * 5 < n_numbers or n_large = 0 then 'percent'
            when n_small = 1 and n_numbers < 10 and n_small_in_file * 5 < n_numbers_in_file
                then 'percent'
            when given_unit = 'rescaled' then 'percent'
            else 'unclear'
        end as unit_found
    from counted_columns
    left join files on counted_columns.file_number = files.file_number

),

rescaled_columns as (

    select
        *,
        case
            when given_unit is not null then given_unit = 'rescaled'
            when unit_found = 'unclear' then false
            when unit not in ('percent', 'fraction') or coalesce(chance, 0) <= 0 then false
            when unit_found = 'fraction' then n_fractions_under_chance * 2 > n_numbers
            else n_under_chance * 2 > n_numbers
        end as is_rescaled,
        -- figures of a benchmark none of which can be one: another thing of the same name
        unit not in ('percent', 'fraction')
        and given_unit is null
        and n_numbers > 0
        and (
            (n_possible = 0 and unit = 'elo') or (n_under_chance = n_numbers and chance >= 1)
        ) as is_impossible,
        {{ preference_of_column('column_name') }} as preference
    from measured_columns

),

-- IFEval beside IFEval Raw is one benchmark twice
rivals as (

    select
        *,
        case
            when benchmark is null or n_figures = 0 or is_impossible then null
            else min(preference) filter (where n_figures > 0 and not is_impossible) over (
                partition by file_number, source_file, benchmark, is_part,
                case when is_part then column_name end
            )
        end as best_preference,
        count(*) filter (
            where benchmark is not null and n_figures > 0 and not is_part and not is_impossible
        ) over (partition by file_number, source_file, benchmark) as n_totals,
        count(*) filter (where is_part and n_figures > 0) over (
            partition by file_number, source_file, split_part(benchmark, ' ', 1)
        ) as n_parts_of_family,
        first_value(column_name) over (
            partition by file_number, source_file, benchmark
            order by
                case when n_figures > 0 and not is_impossible and not is_part then preference
                    else 99 end,
                column_number,
                column_name
        ) as best_column
    from rescaled_columns

),

judged_columns as (

    select
        *,
        case
            when benchmark is null then 'no benchmark by this name'
            when n_figures = 0 and shape = 'long' and column_number > 1
                then 'a column beside the figures of a long file'
            when n_figures = 0 then 'no figures'
            when is_impossible and unit = 'elo' then 'figures outside 100 to 5000, so no Elo'
            when is_impossible
                then 'figures under ' || chance || ', the lowest there is; where they are shares of'
                    || ' the ceiling, say leaderboard_units: {' || benchmark || ': fraction}'
            when is_part and n_totals > 0 then benchmark || ' itself is there: ' || best_column
            when is_part and n_parts_of_family < 3 then 'a part of ' || benchmark || ' alone'
            when not is_part and preference > best_preference
                then benchmark || ' is taken from ' || best_column
        end as reason,
        count(*) filter (
            where not is_part and benchmark is not null and n_figures > 0 and not is_impossible
                and preference = best_preference
        ) over (partition by file_number, source_file, benchmark) as n_equal_rivals
    from rivals

),

leaderboard_columns as (

    select
        file_number,
        source_file,
        board,
        shape,
        column_number,
        column_name,
        case when reason is null then benchmark end as benchmark,
        case
            when reason is not null then 'left_out'
            when is_part then 'part'
            else 'benchmark'
        end as read_as,
        reason,
        named_by,
        n_figures,
        case when reason is null then decimal_sign end as decimal_sign,
        case when reason is null then unit_found end as unit_found,
        case when reason is null then is_rescaled end as is_rescaled,
        case
            when reason is not null then null
            else concat_ws(
                '; ',
                case when named_by = 'file name' then 'named by the file' end,
                case
                    when is_rescaled and given_unit is null
                        then 'most lie under chance, so 0 is chance and 100 the ceiling; where that'
                            || ' is wrong, say leaderboard_units: {' || benchmark || ': percent}'
                    when is_rescaled then '0 is chance and 100 the ceiling'
                end,
                case
                    when unit_found = 'fraction' and unit <> 'fraction' then 'in fractions'
                    when unit_found = 'percent' and unit = 'fraction' and n_signed < n_numbers
                        then 'in percent'
                end,
                case
                    when unit_found = 'percent' and n_small > 0
                        then n_small || ' of at most 1 read as percent (' || small_figures || ')'
                end,
                case when decimal_sign = 'comma' then 'decimal commas' end,
                case
                    when n_decorated > 0 then n_decorated || ' without their ± or mark'
                end
            )
        end as note,
        case
            when reason is not null then null
            when decimal_sign = 'unclear'
                then 'the commas of column ' || column_name || ' can be decimal or between'
                    || ' thousands; write its figures with a decimal point'
            when unit_found = 'unclear'
                then n_small || ' of the ' || n_numbers || ' figures in column ' || column_name
                    || ' are at most 1 (' || small_figures || '), the others above; say what they'
                    || ' are with var leaderboard_units, {' || benchmark || ': percent} or {'
                    || benchmark || ': fraction}'
            when n_equal_rivals > 1
                then 'more than one column is ' || benchmark || ', among them ' || column_name
                    || '; name the one that is meant with var leaderboard_columns, {' || benchmark
                    || ': COLUMN}'
        end as problem
    from judged_columns

)

select * from leaderboard_columns
{% endif %}
