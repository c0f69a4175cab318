"""What must hold of pairs before they leave: trainers take most of these faults in silence."""

import contextlib

from zebra.errors import DataError
from zebra.survey import SHORT

_FOLDED = r"regexp_replace({}, '[\s\v\x1c-\x1f\x85\pZ]+', ' ', 'g')"
_CHOSEN, _REJECTED = _FOLDED.format("chosen"), _FOLDED.format("rejected")
# Texts that are the same once folded open the same, one opening being as far as the other or
# further, for where it is cut depends on its white space.
_OPENS, _OTHER_OPENS = _FOLDED.format("left(chosen, 64)"), _FOLDED.format("left(rejected, 64)")

# The first that holds of a pair is its problem. Texts are folded only where they may be the same,
# first their openings and then, for one pair in a hundred, the whole of them. Each step takes a
# CASE of its own: AND looks at both of its sides.
_PROBLEM = f"""
    case
        when coalesce(chosen, '') = '' then 'its chosen response is blank'
        when coalesce(rejected, '') = '' then 'its rejected response is blank'
        when len(messages) = 0
            or len(list_filter(messages, lambda turn: coalesce(turn.content, '') = '')) > 0
            then 'a turn of its prompt is blank'
        when messages[len(messages)].role <> 'user' then 'its prompt does not end with the user'
        when chosen = rejected then 'its two responses are the same'
        when {{not_finite}} then 'a number of it is NaN or infinite'
        when left(chosen, 1) = left(rejected, 1) then
            case
                when starts_with({_OPENS}, {_OTHER_OPENS}) or starts_with({_OTHER_OPENS}, {_OPENS})
                    then
                        case
                            when {_CHOSEN} = {_REJECTED}
                                then 'its two responses are the same but for white space'
                        end
            end
    end
"""

# Nobody sees this: refuse_pairs looks for the pair and says what is wrong with it.
_AT_FAULT = "a pair is at fault"


def guarded(selection):
    """SQL of the selection's rows as they are written, which fails where a pair is at fault."""
    if not selection.layout.is_for_trainers:
        return selection.query
    # Every layout has the chosen response. As a filter this could come before the selection's own.
    fails = f"case when ({_problem(selection)}) is null then chosen else error('{_AT_FAULT}') end"
    return selection.laid_out(f"select * replace ({fails} as chosen) from ({selection.source})")


@contextlib.contextmanager
def faults_named(database, selection):
    """Where SQL that `guarded` gave comes upon a pair at fault, the error names the pair."""
    try:
        yield
    except DataError as error:
        if _AT_FAULT in str(error):
            refuse_pairs(database, selection)
        raise


def refuse_pairs(database, selection):
    """Raise a DataError that names the first pair, by pair_id, which would mislead a trainer."""
    if not selection.layout.is_for_trainers:
        return
    [(at_fault,)] = database.rows(
        f"select min(pair_id || ' ' || {_problem(selection)}) from ({selection.source})",
        blame=selection.blame,
    )
    if at_fault:
        pair_id, problem = at_fault.split(" ", 1)
        raise DataError(
            f"Pair {pair_id} of {selection.relation.name} cannot be exported: {problem}; "
            "leave it out with --where, or mend the pool"
        )


def notes_on(database, selection, survey, *, is_one_file):
    """Sentences on what is worth a look; `survey` is the selection's.

    Raises a DataError for a column that would mislead a trainer and a prompt that is in two splits.
    """
    names = [name for name, _ in database.columns(selection.query, blame=selection.blame)]
    misleading = selection.layout.misleading(names)
    if not selection.layout.is_for_trainers:
        is_of_pairs = {"chosen", "rejected"} <= set(names)
        if not (is_of_pairs and misleading):
            return []
        return [
            f"column {misleading[0]} is one that trainers interpret; every format but rows is "
            "made for them"
        ]
    if misleading:
        raise DataError(
            f"Format {selection.layout.name} has a column {misleading[0]}, which trainers "
            "interpret: rename it in the format's SQL, or list it under `trainers read`"
        )
    if len(survey.splits) > 1:
        _refuse_two_splits(database, selection)
    notes = [
        f"--strategy {name} has no row in this selection"
        for name in selection.strategies
        if name not in survey.strategies
    ]
    if is_one_file and len(survey.strategies) > 1:
        notes.append(
            f"pairs of {len(survey.strategies)} strategies are mixed; --strategy names one, and a "
            "folder keeps them apart"
        )
    if short := survey.total("short"):
        notes.append(
            f"{_pairs(short)} an answer under {SHORT} characters, which some trainers find in the "
            "wrong place"
        )
    if odd := survey.total("odd"):
        notes.append(
            f"{_pairs(odd)} turns that do not alternate between user and assistant, and "
            "LLaMA-Factory leaves such out"
        )
    return notes


def _pairs(count):
    return f"{count:,} pair has" if count == 1 else f"{count:,} pairs have"


def _refuse_two_splits(database, selection):
    for (pair_id,) in database.rows(
        f"select min(pair_id) from ({selection.source}) group by prompt_id "
        "having count(distinct split) > 1 order by 1 limit 1",
        blame=selection.blame,
    ):
        raise DataError(
            f"Pair {pair_id} of {selection.relation.name} cannot be exported: its prompt is in two "
            "splits; build again with dbt build"
        )


def _problem(selection):
    columns = selection.relation.columns
    numbers = [name for name, kind in columns.items() if kind in ("DOUBLE", "FLOAT")]
    not_finite = " or ".join(f"not isfinite({name})" for name in numbers) or "false"
    return _PROBLEM.format(not_finite=not_finite)
