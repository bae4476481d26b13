"""Collect the texts of the window and keep the translation files complete.

    python resources/i18n/update.py           take new texts in, with the translations of parts/*.json
    python resources/i18n/update.py --check   say what is missing, vanished or not translatable; exit code 1 if any

Texts are found by reading the source: those that the window translates, and those of errors and settings, which are
declared below it, where Qt is not known. A part is {"Context": {"English": "Russian" or [one, few, many]}}, a comment
following the source after a bar ("May|of"); it may be deleted once taken in.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "deskapp"

FORMS = {"ru": 3, "en": 2}
TS_NAMES = {"ru": "ru_RU", "en": "en_GB"}

#: (context, source, comment)
Key = tuple[str, str, str]


def is_plural(source: str) -> bool:
    return "%n" in source


def window_files(package: Path = PACKAGE) -> list[Path]:
    """The files that may translate: the window's, and those beside it that put it together."""
    return sorted([*package.glob("*.py"), *(package / "ui").rglob("*.py")])


def window_texts(package: Path = PACKAGE) -> list[Key]:
    """Texts in `tr`, `translate` and `QT_TRANSLATE_NOOP`, in the order of the files.

    The tree of the source is read and not pyside6-lupdate asked, because that one passes over plurals whose count is
    more than a plain name, and takes plurals of `translate` for plain texts.
    """
    found: dict[Key, None] = {}
    for path in window_files(package):
        _collect(ast.parse(path.read_text("utf-8")), "", found)
    return list(found)


def _collect(node: ast.AST, class_name: str, found: dict[Key, None]) -> None:
    if isinstance(node, ast.ClassDef):
        class_name = node.name
    if isinstance(node, ast.Call):
        name = call_name(node)
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        if name in ("translate", "QT_TRANSLATE_NOOP") and len(texts) >= 2:
            context, source, comment = texts[0], texts[1], texts[2] if len(texts) > 2 else None
        elif name == "tr" and texts:
            context, source, comment = class_name, texts[0], texts[1] if len(texts) > 1 else None
        else:
            context = source = comment = None
        if isinstance(context, str) and isinstance(source, str) and source:
            found[(context, source, comment if isinstance(comment, str) else "")] = None
    for child in ast.iter_child_nodes(node):
        _collect(child, class_name, found)


def call_name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def declared_texts(package: Path = PACKAGE) -> list[Key]:
    """Texts of errors (context Errors) and of settings (Settings), declared where Qt is not known."""
    trees = [ast.parse(path.read_text("utf-8")) for path in sorted(package.rglob("*.py"))]
    errors = _heirs(trees, "UserFacingError")
    found: dict[Key, None] = {}
    for tree in trees:
        constants = _constants(tree)
        own = _calls_of_parents(tree, errors)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call_name(call)
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if name in errors or call in own:
                told = [text for arg in call.args[:2] for text in _texts_of(arg, constants)] or texts[:2]
                found.update(dict.fromkeys(("Errors", text, "") for text in told if text))
            elif name == "Setting" and len(texts) >= 2 and len(call.args) >= 3:
                title = call.args[2]
                if isinstance(title, ast.Constant) and isinstance(title.value, str):
                    found[("Settings", title.value, "")] = None
    return list(found)


def _constants(tree: ast.Module) -> dict[str, str]:
    """Texts that a module gives a name, since several of its errors end alike."""
    return {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def _texts_of(arg: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    """The texts that an argument may be: itself, what a name stands for, either side of a choice."""
    if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
        yield arg.value
    elif isinstance(arg, ast.Name) and arg.id in constants:
        yield constants[arg.id]
    elif isinstance(arg, ast.IfExp):
        yield from _texts_of(arg.body, constants)
        yield from _texts_of(arg.orelse, constants)


def _calls_of_parents(tree: ast.Module, errors: set[str]) -> set[ast.Call]:
    """`super().__init__(title, message)` in errors that bring their own words."""
    return {
        call
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name in errors
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "__init__"
        and isinstance(call.func.value, ast.Call)
        and call_name(call.func.value) == "super"
    }


def _heirs(trees: list[ast.Module], root: str) -> set[str]:
    """Names of a class and all that derive from it."""
    known = {root}
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    while True:
        more = {
            node.name
            for node in classes
            if node.name not in known and any(isinstance(base, ast.Name) and base.id in known for base in node.bases)
        }
        if not more:
            return known
        known |= more


def f_strings_in_tr(package: Path = PACKAGE) -> list[str]:
    """Places where a text to translate is put together at run time and so can never be found."""
    wrong = []
    for path in window_files(package):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = call_name(call)
            place = {"tr": 0, "translate": 1, "QT_TRANSLATE_NOOP": 1}.get(name)
            if place == 1 and not (call.args and isinstance(getattr(call.args[0], "value", None), str)):
                continue  # a painter's
            if place is not None and len(call.args) > place:
                text = call.args[place]
                if isinstance(text, ast.JoinedStr | ast.BinOp) or (
                    isinstance(text, ast.Call) and getattr(text.func, "attr", "") == "format"
                ):
                    wrong.append(f"{path.relative_to(package.parent)}:{call.lineno}")
    return wrong


def all_texts(package: Path = PACKAGE) -> list[Key]:
    return list(dict.fromkeys([*window_texts(package), *declared_texts(package)]))


def read(path: Path) -> dict[Key, list[str]]:
    """Texts of a .ts file with their translations (one, or a form each)."""
    found: dict[Key, list[str]] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            key = (name, message.findtext("source") or "", message.findtext("comment") or "")
            translation = message.find("translation")
            forms = [] if translation is None else [form.text or "" for form in translation.iter("numerusform")]
            found[key] = forms or [(translation.text if translation is not None else "") or ""]
    return found


def write(path: Path, language: str, texts: dict[Key, list[str]]) -> None:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{TS_NAMES[language]}" sourcelanguage="en_GB">')
    for context in sorted({key[0] for key in texts}):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for (name, source, comment), forms in sorted(texts.items()):
            if name == context:
                lines += _message(source, comment, forms)
        lines.append("</context>")
    path.write_text("\n".join([*lines, "</TS>", ""]), "utf-8")


def _message(source: str, comment: str, forms: list[str]) -> Iterator[str]:
    plural = is_plural(source)
    done = all(forms)
    yield '    <message numerus="yes">' if plural else "    <message>"
    yield f"        <source>{escape(source)}</source>"
    if comment:
        yield f"        <comment>{escape(comment)}</comment>"
    kind = "" if done else ' type="unfinished"'
    if plural:
        yield f"        <translation{kind}>"
        for form in forms:
            yield f"            <numerusform>{escape(form)}</numerusform>"
        yield "        </translation>"
    else:
        yield f"        <translation{kind}>{escape(forms[0])}</translation>"
    yield "    </message>"


def parts() -> dict[Key, list[str]]:
    """Translations handed in as JSON. A comment follows the source after a bar: "May|of"."""
    found: dict[Key, list[str]] = {}
    for path in sorted((HERE / "parts").glob("*.json")):
        for context, texts in json.loads(path.read_text("utf-8")).items():
            for source, translation in texts.items():
                text, _bar, comment = source.partition("|")
                forms = [translation] if isinstance(translation, str) else list(translation)
                found[(context, text, comment)] = forms
    return found


def wanted_forms(language: str, source: str) -> int:
    return FORMS[language] if is_plural(source) else 1


def english_forms(source: str) -> list[str]:
    """ "%n day(s)" -> ["%n day", "%n days"]; "%n entry(ies)" -> ["%n entry", "%n entries"]."""
    one = re.sub(r"\((\w+)\)", "", source)
    many = re.sub(r"y\(ies\)", "ies", source)
    return [one, re.sub(r"\((\w+)\)", r"\1", many)]


def merged(texts: list[Key], language: str) -> dict[Key, list[str]]:
    """Every text with its translation: the part's, else what the file holds, else by the same words elsewhere."""
    known = read(HERE / f"deskapp_{language}.ts")
    fresh = parts() if language == "ru" else {}
    anywhere = {(key[1], key[2]): forms for key, forms in {**known, **fresh}.items() if all(forms)}
    result: dict[Key, list[str]] = {}
    for key in texts:
        if language == "en":
            if is_plural(key[1]):
                stored = known.get(key, [])
                result[key] = stored if len(stored) == FORMS["en"] and all(stored) else english_forms(key[1])
            continue
        count = wanted_forms(language, key[1])
        forms = fresh.get(key) or known.get(key) or []
        if not all(forms) or len(forms) != count:
            forms = anywhere.get((key[1], key[2]), [])
        result[key] = forms if len(forms) == count else [""] * count
    return result


def problems() -> list[str]:
    """What keeps the translations from being complete, one line each."""
    texts = all_texts()
    found = [f"text put together at run time: {place}" for place in f_strings_in_tr()]
    for language in FORMS:
        known = read(HERE / f"deskapp_{language}.ts")
        needed = [key for key in texts if language == "ru" or is_plural(key[1])]
        for key in needed:
            forms = known.get(key)
            if forms is None:
                found.append(f"{language}: not in the file: {key}")
            elif len(forms) != wanted_forms(language, key[1]) or not all(forms):
                found.append(f"{language}: not translated: {key}")
            else:
                found += [f"{language}: {wrong}: {key}" for wrong in _broken(key[1], forms)]
        found += [f"{language}: vanished: {key}" for key in known if key not in set(needed)]
    return found


def _broken(source: str, forms: list[str]) -> Iterator[str]:
    marks = set(re.findall(r"%[1-9]", source))
    for form in forms:
        if set(re.findall(r"%[1-9]", form)) != marks:
            yield "other arguments than the source"
        if is_plural(source) and "%n" not in form and form is not forms[0]:
            yield "no %n"
        if source.strip() == source and form.strip(" ") != form:
            yield "spaces at the ends"


def main() -> int:
    if "--check" in sys.argv[1:]:
        wrong = problems()
        sys.stdout.write("".join(f"{line}\n" for line in wrong))
        return 1 if wrong else 0
    texts = all_texts()
    for language in FORMS:
        result = merged(texts, language)
        write(HERE / f"deskapp_{language}.ts", language, result)
        missing = [key for key, forms in result.items() if not all(forms)]
        sys.stdout.write(f"{language}: {len(result)} texts, {len(missing)} to translate\n")
        sys.stdout.write("".join(f"  {key}\n" for key in missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
