"""Hot loop of `exhaustive`: when every set of tasks can be done at the earliest, by the node it may end with."""

from __future__ import annotations

from linewalker.kernel import Numbers, NumberTable, kernel

NEVER = 2**40
"""Later than everything; also a way that there is not."""


@kernel(entry=True, nogil=True)  # others walk a robot meanwhile
def earliest(
    nodes: NumberTable,
    not_after: Numbers,
    needs: Numbers,
    way: NumberTable,
    from_start: Numbers,
    ready: NumberTable,
) -> None:
    """Bellman's equation, over sets of tasks as bits.

    ready[done + task of n, n] = min over m of max(ready[done, m] + way[n, m], begins of n) + work of n, over what
    comes last in ``done`` and may be left so late, if that keeps the time and the order.

    Args:
        nodes: task, work, begins, ends, leaves of each, ms, (n, 5).
        not_after, needs: for each task what must not be done before it, and what must.
        way: to a node (row) from another, ms.
        from_start: the same from the start.
        ready: out, ms, (sets, n); NEVER where it can not be done.
    """
    for done in range(ready.shape[0]):
        for n in range(nodes.shape[0]):
            task, work, begins, ends = nodes[n, 0], nodes[n, 1], nodes[n, 2], nodes[n, 3]
            before = done & ~(1 << task)
            soonest = NEVER
            if before == done or before & not_after[task] or ~before & needs[task]:
                ready[done, n] = NEVER
                continue
            if before == 0:
                soonest = max(from_start[n], begins)
            else:
                for m in range(nodes.shape[0]):
                    if ready[before, m] < NEVER and way[n, m] < NEVER:
                        arrives = max(ready[before, m] + way[n, m], begins)
                        if arrives - way[n, m] <= nodes[m, 4]:
                            soonest = min(soonest, arrives)
            ready[done, n] = soonest + work if soonest + work <= ends else NEVER
