"""Colours: every text on its ground has the contrast that WCAG 2.2 AA asks for, light and dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[3] / "shared/web/static/ccms.css").read_text("utf-8")
TONES = ("danger", "warning", "notice", "calm", "good")
TEXTS = [(text, ground) for text in ("ink", "faint", "accent") for ground in ("ground", "surface")]
TEXTS += [(tone, f"{tone}-ground") for tone in TONES]
TEXTS += [("danger", "surface"), ("on-accent", "accent")]
EDGES = [("edge", "surface"), ("edge", "ground"), ("accent", "surface"), ("accent", "ground")]


def palettes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    colours = {
        name: dict(re.findall(r"--([\w-]+): (#\w+);", block)) for name, block in (("light", light), ("dark", dark))
    }
    return {"light": colours["light"], "dark": colours["light"] | colours["dark"]}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_have_4_5_and_edges_3(theme: str) -> None:
    colours = palettes()[theme]
    wanted = [(pair, 4.5) for pair in TEXTS] + [(pair, 3.0) for pair in EDGES]
    poor = {
        pair: contrast(*(colours[name] for name in pair))
        for pair, least in wanted
        if contrast(*(colours[name] for name in pair)) < least
    }
    assert poor == {}


def test_both_themes_know_the_same_colours() -> None:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    assert set(re.findall(r"--([\w-]+): #", light)) == set(re.findall(r"--([\w-]+): #", dark))
