"""What LibreOffice 7.4 is known to do against a file, or against Word, seen in lines that differ."""

import re

# Word's lists for Simplified Chinese, as our styles have them, without what LibreOffice lets stand there.
NOT_AT_START = "!%),.:;>?]}¢¨°·ˇˉ―‖’”‰′″›∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠/／"
NOT_AT_END = "$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"


def of(place):
    """The cause of a place where LibreOffice (`office`) and we (`ours`) have other lines; `other` if none is known."""
    office, ours = place["office"], place["ours"]
    pieces = [piece for line in office for piece in line.split()]
    if any(piece[0] in NOT_AT_START for piece in pieces if piece != "……"):
        return "a mark that may not begin a line begins one"
    if any(piece[-1] in NOT_AT_END for piece in pieces):
        return "a mark that may not end a line ends one"
    if any(re.search(r"[A-Za-z0-9]\+$", piece) for piece in pieces):
        return "C|++: a word is parted before or in the signs that end it"
    if any(re.search(r"共\d+页$", line) for line in office + ours):
        return "blank pages counted that are not there"
    if not "".join(office) and all(re.fullmatch(r"—?[IVX]+—?", line) for line in ours) or office == ["——"]:
        return "a Roman page number is not shown"
    if all(re.fullmatch(r"[\d.,%\s-]*", line) for line in office + ours):
        return "figures at the axis of a chart: either takes its own steps"
    if place["notes"]:
        return "a page with footnotes: their rule takes no line, their raised numbers are smaller"
    if any(is_mark(line[-1]) and re.match("[0-9A-Za-z]", below) for line, below in zip(office, office[1:])):
        return "a mark and a Latin word part only where the mark fills the line"
    return "other"


def is_mark(character):
    return character in "，。：；、？！”）》……"
