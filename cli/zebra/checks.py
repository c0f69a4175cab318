"""What must hold of pairs before they leave: trainers take most of these faults in silence."""

from zebra.errors import DataError

_FOLDED = "regexp_replace({}, '[ \\t\\n\\v\\f\\r]+', ' ', 'g')"

# The first that holds of a pair is its problem. Texts are compared whole only where they may be
# the same.
_PROBLEM = f"""
    case
        when coalesce(chosen, '') = '' then 'its chosen response is blank'
        when coalesce(rejected, '') = '' then 'its rejected response is blank'
        when len(messages) = 0
            or len(list_filter(messages, lambda turn: coalesce(turn.content, '') = '')) > 0
            then 'a turn of its prompt is blank'
        when messages[len(messages)].role <> 'user' then 'its prompt does not end with the user'
        when chosen = rejected then 'its two responses are the same'
        when left(chosen, 1) = left(rejected, 1)
            and {_FOLDED.format("chosen")} = {_FOLDED.format("rejected")}
            then 'its two responses are the same but for white space'
        when {{not_finite}} then 'a number of it is NaN or infinite'
    end
"""

SHORT = 10


def is_checked(selection):
    """Whether check_pairs looks at it: pairs in a layout for trainers."""
    return selection.layout.is_for_trainers and "pair_id" in selection.relation.columns


def check_pairs(database, selection):
    """Refuse pairs that would mislead a trainer, naming the first of them by its pair_id.

    Returns a list of sentences on what is worth a look. Raises DataError.
    """
    if not is_checked(selection):
        return []
    columns = selection.relation.columns
    numbers = [name for name, kind in columns.items() if kind in ("DOUBLE", "FLOAT")]
    not_finite = " or ".join(f"not isfinite({name})" for name in numbers) or "false"
    [(at_fault, short)] = database.rows(
        f"""
        select
            min(pair_id || ' ' || problem),
            count(*) filter (where shortest < {SHORT})
        from (
            select
                pair_id,
                {_PROBLEM.format(not_finite=not_finite)} as problem,
                least(length(chosen), length(rejected)) as shortest
            from ({selection.source})
        )
        """,
        blame="--where" if selection.where is not None else None,
    )
    if at_fault:
        pair_id, problem = at_fault.split(" ", 1)
        raise DataError(
            f"Pair {pair_id} of {selection.relation.name} cannot be exported: {problem}; "
            "leave it out with --where, or mend the pool"
        )
    for (prompt_id,) in database.rows(
        f"select prompt_id from ({selection.source}) group by prompt_id "
        "having count(distinct split) > 1 order by prompt_id limit 1"
        if "split" in selection.relation.columns
        else "select null where false"
    ):
        raise DataError(f"Prompt {prompt_id} is in two splits: build again with dbt build")
    if not short:
        return []
    pairs = "pair has" if short == 1 else "pairs have"
    return [
        f"{short:,} {pairs} an answer under {SHORT} characters, which some trainers find in the "
        "wrong place"
    ]
