"""What must hold of pairs before they leave: trainers take most of these faults in silence."""

import contextlib

from zebra.errors import DataError

SHORT = 10

_FOLDED = "regexp_replace({}, '[ \\t\\n\\v\\f\\r]+', ' ', 'g')"

# The first that holds of a pair is its problem. Texts are compared whole only where they may be
# the same, which takes a CASE of its own: AND looks at both of its sides.
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
                when {_FOLDED.format("chosen")} = {_FOLDED.format("rejected")}
                    then 'its two responses are the same but for white space'
            end
    end
"""

# Nobody sees this: refuse_pairs looks for the pair and says what is wrong with it.
_AT_FAULT = "a pair is at fault"


def is_checked(selection):
    """Whether its rows are checked: pairs in a layout for trainers."""
    return selection.layout.is_for_trainers and "pair_id" in selection.relation.columns


def guarded(selection):
    """SQL of the selection's rows as they are written, which fails where a pair is at fault."""
    if not is_checked(selection):
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
    if not is_checked(selection):
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


def notes_on(database, selection):
    """Sentences on what is worth a look, found without reading texts where their lengths are known.

    Raises a DataError for a prompt that is in two splits.
    """
    if not is_checked(selection):
        return []
    columns = selection.relation.columns
    shortest = "least(length(chosen), length(rejected))"
    if "chosen_chars" in columns and "rejected_chars" in columns:
        shortest = "least(chosen_chars, rejected_chars)"
    splits = "count(distinct split)" if "split" in columns else "1"
    [(short, n_splits)] = database.rows(
        f"select count(*) filter (where {shortest} < {SHORT}), {splits} from ({selection.source})",
        blame=selection.blame,
    )
    if n_splits > 1:
        for (prompt_id,) in database.rows(
            f"select prompt_id from ({selection.source}) group by prompt_id "
            "having count(distinct split) > 1 order by prompt_id limit 1"
        ):
            raise DataError(f"Prompt {prompt_id} is in two splits: build again with dbt build")
    if not short:
        return []
    pairs = "pair has" if short == 1 else "pairs have"
    return [
        f"{short:,} {pairs} an answer under {SHORT} characters, which some trainers find in the "
        "wrong place"
    ]


def _problem(selection):
    columns = selection.relation.columns
    numbers = [name for name, kind in columns.items() if kind in ("DOUBLE", "FLOAT")]
    not_finite = " or ".join(f"not isfinite({name})" for name in numbers) or "false"
    return _PROBLEM.format(not_finite=not_finite)
