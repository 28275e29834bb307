"""``linewalker msa``: capability of a measuring system on anyone's data. Rooms are imported inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linewalker.console.capability.choices import Design, Method, Scale
from linewalker.console.given_paths import file_to_read, file_to_write
from linewalker.errors import InputError
from linewalker.messages.language import Language, language

if TYPE_CHECKING:
    from linewalker.console.capability.sheet import Sheet

msa_app = typer.Typer(
    help="Is a measuring system good enough? Studies on your own CSV and Excel files (docs/capability.md).",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


StudyFile = Annotated[
    Path, typer.Argument(metavar="FILE", callback=file_to_read, help="CSV or .xlsx, a row per value.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="For machines.")]
LanguageOption = Annotated[Language | None, typer.Option("--lang", help="Of tables and report.")]
ReportOption = Annotated[
    Path | None, typer.Option("--report", metavar="HTML", callback=file_to_write, help="Write a page with plots here.")
]
DesignOption = Annotated[
    Design,
    typer.Option(
        "--design",
        help="crossed: all operators measure all parts; nested: each has parts of his own; single: no operators.",
    ),
]


@msa_app.command()
def type1(
    file: StudyFile,
    reference: Annotated[float, typer.Option("--reference", help="True value of the part.")],
    tolerance: Annotated[float, typer.Option("--tolerance", help="Width of the tolerance.")],
    resolution: Annotated[float | None, typer.Option("--resolution", help="Of the instrument.")] = None,
    share: Annotated[float, typer.Option("--share", metavar="PERCENT", help="Cg = PERCENT T / (S s).")] = 20.0,
    spread: Annotated[float, typer.Option("--spread", metavar="S", help="Standard deviations in Cg: 6 or 4.")] = 6.0,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Bias, Cg and Cgk of one part measured again and again. Columns: value."""
    from linewalker.console.capability.studies import study_type_one

    _hand_out(study_type_one(file, reference, tolerance, resolution, share, spread), lang, as_json, report)


@msa_app.command()
def grr(
    file: StudyFile,
    tolerance: Annotated[float | None, typer.Option("--tolerance", help="Width of the tolerance.")] = None,
    design: DesignOption = Design.CROSSED,
    method: Annotated[
        Method, typer.Option("--method", help="Analysis of variance, or average and range.")
    ] = Method.ANOVA,
    alpha: Annotated[
        float, typer.Option("--alpha", min=0.0, max=1.0, help="Pool the interaction if its p is above this.")
    ] = 0.05,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Gauge repeatability and reproducibility. Columns: part, operator, value."""
    from linewalker.console.capability.studies import study_gauge

    _hand_out(study_gauge(file, design, method, tolerance, alpha), lang, as_json, report)


@msa_app.command()
def attribute(
    file: StudyFile,
    bad: Annotated[
        str | None, typer.Option("--bad", metavar="WORD", help="What bad parts are called in the file.")
    ] = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Agreement of who sorts parts: kappa, effectiveness. Columns: part, operator, result, and reference if known."""
    from linewalker.console.capability.studies import study_attribute

    _hand_out(study_attribute(file, bad), lang, as_json, report)


@msa_app.command()
def linearity(
    file: StudyFile,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Is the bias the same over the whole range? Columns: reference, value."""
    from linewalker.console.capability.studies import study_linearity

    _hand_out(study_linearity(file), lang, as_json, report)


@msa_app.command()
def stability(
    file: StudyFile,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Control charts of a master part over time. Columns: value, and subgroup if there are several at a time."""
    from linewalker.console.capability.studies import study_stability

    _hand_out(study_stability(file), lang, as_json, report)


@msa_app.command()
def pod(
    file: StudyFile,
    scale: Annotated[Scale, typer.Option("--scale", help="Of the sizes.")] = Scale.LOG,
    threshold: Annotated[
        float | None, typer.Option("--threshold", help="Signal from which a defect counts as found; of signals only.")
    ] = None,
    signal_scale: Annotated[Scale, typer.Option("--signal-scale", help="Of the signals.")] = Scale.LOG,
    low: Annotated[float | None, typer.Option("--low", help="Signals up to this are censored: noise.")] = None,
    high: Annotated[float | None, typer.Option("--high", help="Signals from this on are censored: saturated.")] = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Probability of detection: a90, a90/95. Columns: size, hit; with --threshold size, signal."""
    from linewalker.console.capability.studies import study_pod

    _hand_out(study_pod(file, scale, threshold, signal_scale, low, high), lang, as_json, report)


@msa_app.command()
def budget(
    tolerance: Annotated[float, typer.Option("--tolerance", help="Width of the tolerance.")],
    resolution: Annotated[float | None, typer.Option("--resolution", help="Of the instrument.")] = None,
    calibration: Annotated[
        float | None, typer.Option("--calibration", metavar="U", help="Expanded uncertainty of the standard, k = 2.")
    ] = None,
    type1_file: Annotated[
        Path | None, typer.Option("--type1", callback=file_to_read, help="Type-1 study: bias, repeatability.")
    ] = None,
    reference: Annotated[float | None, typer.Option("--reference", help="True value of its part.")] = None,
    linearity_file: Annotated[
        Path | None, typer.Option("--linearity", callback=file_to_read, help="Linearity study: u_LIN, repeatability.")
    ] = None,
    grr_file: Annotated[
        Path | None, typer.Option("--grr", callback=file_to_read, help="GRR study: repeatability, operators.")
    ] = None,
    design: DesignOption = Design.CROSSED,
    other: Annotated[
        list[str] | None,
        typer.Option(
            "--other", metavar="NAME=u", help="Standard uncertainty, such as temperature=0.002. Again for more."
        ),
    ] = None,
    lang: LanguageOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Uncertainty of measuring system and process against the tolerance: Q_MS, Q_MP (VDA 5, ISO 22514-7)."""
    from linewalker.console.capability.studies import study_budget

    sheet = study_budget(
        tolerance,
        resolution=resolution,
        calibration=calibration,
        type_one_file=type1_file,
        reference=reference,
        linearity_file=linearity_file,
        gauge_file=grr_file,
        design=design,
        others=_named_numbers(other or []),
    )
    _hand_out(sheet, lang, as_json, report)


def _named_numbers(texts: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for text in texts:
        name, equals, number = text.partition("=")
        try:
            value = float(number)
        except ValueError:
            equals = ""
        if not equals or name in found:
            raise InputError(f"'{text}': expected NAME=u, each name once, such as temperature=0.002", key="--other")
        found[name] = value
    return found


def _hand_out(sheet: Sheet, asked: Language | None, as_json: bool, report: Path | None) -> None:
    from linewalker.console.capability.page import write_page
    from linewalker.console.capability.show import show_sheet

    if report is not None:
        write_page(sheet, report, (asked or language()).value)
    show_sheet(sheet, (asked or language()).value, as_json=as_json)
