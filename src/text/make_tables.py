#!/usr/bin/env python3
"""Writes tables.inc, the character classes that the text room needs, from the Unicode Character Database.

usage: make_tables.py [UCD_FOLDER] > tables.inc      (default folder: /usr/share/unicode)

Read are auxiliary/WordBreakProperty.txt, auxiliary/SentenceBreakProperty.txt, emoji/emoji-data.txt,
CaseFolding.txt and UnicodeData.txt. Code points with the same properties share a class (one byte); classes are
found by a table of two stages with blocks of 128.
"""
import os
import re
import sys

BLOCK = 128
LIMIT = 0x110000
FOLD_LIMIT = 0x600
MODIFIER_APOSTROPHE = 0x2BC  # folds as ' does
LINE = re.compile(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*(\w+)")


def read_property(path):
    """Yields (first, last, value) for each data line."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            found = LINE.match(line)
            if found:
                first = int(found[1], 16)
                yield first, int(found[2], 16) if found[2] else first, found[3]


def read_version(path):
    with open(path, encoding="utf-8") as lines:
        return re.search(r"-([0-9.]+)\.txt", lines.readline())[1]


def read_categories(path):
    """General category by code point; ranges are given by their ends."""
    out = ["Cn"] * LIMIT
    range_start = None
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.split(";")
            cp = int(fields[0], 16)
            if fields[1].endswith(", First>"):
                range_start = cp
            elif fields[1].endswith(", Last>"):
                out[range_start:cp + 1] = [fields[2]] * (cp + 1 - range_start)
            else:
                out[cp] = fields[2]
    return out


def read_folds(folder):
    """What each letter below FOLD_LIMIT folds to, alone and within a word; 0: not told here."""
    fold, skip = {}, {MODIFIER_APOSTROPHE}
    with open(os.path.join(folder, "CaseFolding.txt"), encoding="utf-8") as lines:
        for line in lines:
            fields = line.split("#")[0].split("; ")
            if len(fields) < 3:
                continue
            if fields[1] == "C":
                fold[int(fields[0], 16)] = int(fields[2], 16)
            else:
                skip.add(int(fields[0], 16))
    with open(os.path.join(folder, "UnicodeData.txt"), encoding="utf-8") as lines:
        for line in lines:
            fields = line.split(";")
            # a decomposition to one character never comes back
            single = fields[5] and not fields[5].startswith("<") and " " not in fields[5]
            if fields[2][0] != "L" or fields[3] != "0" or single:
                skip.add(int(fields[0], 16))
    category = read_categories(os.path.join(folder, "UnicodeData.txt"))
    out = []
    for cp in range(FOLD_LIMIT):
        to = fold.get(cp, cp)
        # two bytes of UTF-8 stay two
        same_size = 0x80 <= cp and 0x80 <= to < 0x800
        letter = category[cp][0] == "L" and not {cp, to} & skip
        out.append(to if letter and same_size and fold.get(to, to) == to else 0)
    return out


def flags_of(category, emoji):
    flags = []
    if category[0] == "L":
        flags.append("LETTER")
    if category[0] == "N":
        flags.append("NUMBER")
    if category == "Sc":
        flags.append("CURRENCY")
    if category == "Pd":
        flags.append("DASH")
    if category in ("Ps", "Pi"):
        flags.append("OPEN")
    if category in ("Pe", "Pf"):
        flags.append("CLOSE")
    if category in ("Zs", "Zl", "Zp"):
        flags.append("BLANK")
    if "Extended_Pictographic" in emoji:
        flags.append("PICT")
    if "Emoji_Presentation" in emoji:
        flags.append("EMOJI")
    return " | ".join("FSC_UCD_" + flag for flag in flags) or "0"


def run_of(word, sentence, flags):
    """What read_letters of token.c must know of a class, in one byte."""
    run = {"ALetter": ["LETTERLIKE"], "Hebrew_Letter": ["LETTERLIKE", "HEBREW"], "Numeric": ["DIGIT"],
           "Extend": ["GLUE"], "Format": ["GLUE"], "ZWJ": ["GLUE"]}.get(word, [])
    if run and "FSC_UCD_LETTER" in flags:
        run = run + ["LETTER"] + (["UPPER"] if sentence == "Upper" else [])
    return " | ".join("FSC_RUN_" + name for name in run) or "0"


def build(folder):
    join = lambda *parts: os.path.join(folder, *parts)
    word = ["Other"] * LIMIT
    for first, last, value in read_property(join("auxiliary", "WordBreakProperty.txt")):
        word[first:last + 1] = [value] * (last + 1 - first)
    sentence = ["Other"] * LIMIT
    for first, last, value in read_property(join("auxiliary", "SentenceBreakProperty.txt")):
        sentence[first:last + 1] = [value] * (last + 1 - first)
    emoji = [()] * LIMIT
    for first, last, value in read_property(join("emoji", "emoji-data.txt")):
        if value in ("Extended_Pictographic", "Emoji_Presentation"):
            for cp in range(first, last + 1):
                emoji[cp] += (value,)
    category = read_categories(join("UnicodeData.txt"))
    classes, index = {}, bytearray(LIMIT)
    for cp in range(LIMIT):
        key = (word[cp], sentence[cp], flags_of(category[cp], emoji[cp]))
        index[cp] = classes.setdefault(key, len(classes))
    return list(classes), index


def enum_name(prefix, value):
    return prefix + value.replace("_", "").upper()


def emit(out, folder):
    classes, index = build(folder)
    blocks, stage1 = {}, []
    for start in range(0, LIMIT, BLOCK):
        stage1.append(blocks.setdefault(bytes(index[start:start + BLOCK]), len(blocks)))
    assert len(classes) <= 256 and len(blocks) <= 65536
    version = read_version(version_file(folder))
    out.write("/* generated by src/text/make_tables.py from the Unicode Character Database %s; do not edit */\n"
              % version)
    out.write("#define FSC_UCD_VERSION \"%s\"\n\n" % version)
    out.write("const fsc_ucd fsc_ucd_class[%d] = {\n" % len(classes))
    for word, sentence, flags in classes:
        out.write("    {%s, %s, %s},\n" % (enum_name("WB_", word), enum_name("SB_", sentence), flags))
    out.write("};\n\n")
    out.write("const uint8_t fsc_ucd_run[%d] = {\n" % len(classes))
    for word, sentence, flags in classes:
        out.write("    %s,\n" % run_of(word, sentence, flags))
    out.write("};\n\n")
    write_array(out, "const uint16_t fsc_ucd_stage1[%d]" % len(stage1), stage1)
    write_array(out, "const uint8_t fsc_ucd_stage2[%d]" % (len(blocks) * BLOCK), b"".join(blocks))
    out.write("\n")
    write_array(out, "const uint16_t fsc_ucd_fold[FSC_UCD_FOLD]", read_folds(folder))


def version_file(folder):
    return os.path.join(folder, "auxiliary", "WordBreakProperty.txt")


def write_array(out, head, values):
    out.write(head + " = {\n")
    row = "   "
    for value in values:
        text = " %d," % value
        if len(row) + len(text) > 100:
            out.write(row + "\n")
            row = "   "
        row += text
    out.write(row + "\n};\n")


if __name__ == "__main__":
    emit(sys.stdout, sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
