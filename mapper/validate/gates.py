"""The gates, in order; they run before anything is exported."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from mapper.errors import GateError
from mapper.model.beside import Beside, in_turn
from mapper.model.observation import Reading, Reject
from mapper.model.release import Counts
from mapper.resolve.standing import counted_sites, stands
from mapper.validate import drop_gate, evidence_gates, privacy_gate, value_gates
from mapper.validate.findings import Finding, Material, report_text
from mapper.validate.privacy import Published

Gate: TypeAlias = Callable[[Material], list[Finding]]

# The shape of the tables first, for the others read them; then what stands in the cells and behind
# them, what may not be told, and what changed.
GATES: Final[tuple[Gate, ...]] = (
    value_gates.columns,
    value_gates.values,
    value_gates.ids,
    value_gates.positions,
    value_gates.kinds,
    evidence_gates.evidence,
    evidence_gates.licenses,
    evidence_gates.counts,
    privacy_gate.privacy,
    drop_gate.drop,
)


def count_objects(
    readings: Sequence[Reading], published: Published, superseded: Sequence[Reject] = ()
) -> Counts:
    """
    Divide the objects read into cameras, those not standing, other devices, withheld, rejected.

    An object that stands in two readings counts once as itself, and once as rejected
    (``superseded``).
    """
    cameras = int(stands(published.cameras).sum())
    sites, site_cameras = counted_sites(published.cameras)
    return Counts(
        read=sum(reading.objects_read for reading in readings),
        cameras=cameras,
        not_standing=len(published.cameras) - cameras,
        sites=sites,
        site_cameras=site_cameras,
        other_devices=len(published.other_devices),
        withheld=published.withheld,
        rejected=sum(len(reading.rejects) for reading in readings) + len(superseded),
    )


NOT_FOR_LOCAL: Final = frozenset({evidence_gates.licenses, drop_gate.drop})
"""Gates that ask what may be passed on, and what was before: no question of a local list."""


def findings_of(
    material: Material, *, is_local: bool = False, beside: Beside = in_turn
) -> list[Finding]:
    """
    Run the gates.

    The first gate proves the columns; where it finds something the others do not run, because
    they read those columns.

    Parameters
    ----------
    is_local
        As for `require`.
    beside
        Who runs the gate of evidence and those after it while those before it run here.

    Returns
    -------
    findings
        In the order of `GATES`, whoever ran them.
    """
    findings = GATES[0](material)
    if findings:
        return findings
    gates = [gate for gate in GATES[1:] if not (is_local and gate in NOT_FOR_LOCAL)]
    middle = gates.index(evidence_gates.evidence)

    def of_gates(asked: Sequence[Gate]) -> list[Finding]:
        return [finding for gate in asked for finding in gate(material)]

    # Half of the time goes into single values, half into what stands behind them.
    with beside(lambda: of_gates(gates[middle:]), material.row_count) as behind_them:
        return of_gates(gates[:middle]) + behind_them()


def require(
    material: Material, *, is_local: bool = False, beside: Beside = in_turn
) -> list[Finding]:
    """
    Run the gates and stop the release where one of them blocks.

    Parameters
    ----------
    is_local
        Whether the rows stay on this machine and are no release.
    beside
        As for `findings_of`.

    Returns
    -------
    remarks
        What does not block, for the summary and the manifest.

    Raises
    ------
    GateError
        With the whole report as its message.
    """
    findings = findings_of(material, is_local=is_local, beside=beside)
    if any(finding.blocks for finding in findings):
        msg = "The release is blocked; the last one stands.\n" + report_text(findings).rstrip()
        raise GateError(msg, next_step=_next_step(findings))
    return findings


def _next_step(findings: list[Finding]) -> str:
    # A reason is only offered where it would help: it lifts no other gate.
    if {finding.gate for finding in findings if finding.blocks} == {"drop"}:
        return "If the change is real, give its reason: --accept-change REASON."
    return "Correct the input or the rule that made these rows, then build again."
