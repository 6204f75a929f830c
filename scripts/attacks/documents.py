"""Word documents that are large."""

from made import *

WORD = {"empty_elements": b"<w:p/>", "runs": b"<w:r><w:t>a</w:t></w:r>", "paragraphs": "<w:p><w:r><w:t>字</w:t></w:r></w:p>".encode(), "cells": b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "attributes": b'<w:p w:a="1" w:b="2" w:c="3" w:d="4"/>', "unknown": b"<a/>", "bookmarks": b'<w:p><w:bookmarkStart w:id="1" w:name="a"/></w:p>',
        "tabs": b"<w:p><w:r><w:tab/></w:r></w:p>", "breaks": b"<w:p><w:r><w:br/></w:r></w:p>", "boxes": b"<w:p><w:pPr><w:framePr/></w:pPr></w:p>", "sections": b"<w:p><w:pPr><w:sectPr/></w:pPr></w:p>", "fields": b'<w:p><w:fldSimple w:instr="PAGE"/></w:p>', "rows": b"<w:tbl>" + b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 50 + b"</w:tbl>", "formats": b"<w:p><w:pPr><w:jc w:val='center'/><w:ind w:left='3'/><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:rPr><w:b/><w:i/><w:sz w:val='3'/></w:rPr><w:t>a</w:t></w:r></w:p>", "text": b""}


def large_word(piece, megabytes):
    head = f'<w:document {W}><w:body>'.encode()
    if not piece:
        return many("字".encode(), megabytes * 349_525, head + b"<w:p><w:r><w:t>", b"</w:t></w:r></w:p></w:body></w:document>")
    if piece.startswith(b"<w:r>"):
        head, end = head + b"<w:p>", b"</w:p></w:body></w:document>"
    else:
        end = b"</w:body></w:document>"
    return many(piece, (megabytes << 20) // len(piece), head, end)


# Packed so well that the ratio would refuse them: noise beside it makes the file large enough.
NOISE = {"word/noise.bin": os.urandom(1 << 20)}


@several("convert_4", {name: (piece, 4) for name, piece in WORD.items()} )
def convert_4(folder, case):
    return convert(folder, large_word(*case), further=NOISE)


@several("convert_120", {name: (piece, 120) for name, piece in WORD.items()})
def convert_120(folder, case):
    return convert(folder, large_word(*case), further=NOISE)


@several("template_120", {name: (piece, 120) for name, piece in WORD.items()})
def template_120(folder, case):
    package(word_parts(large_word(*case), further=NOISE), folder / "表.docx")
    return project(folder, None, "表.docx")


@attack
def convert_headers(folder):
    """Many large parts, each below the limit of one."""
    types, relations, more, references = "", "", dict(NOISE), ""
    for at in range(16):
        kind = ["default", "first", "even"][at % 3]
        types += f'<Override PartName="/word/header{at}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
        relations += f'<Relationship Id="rIdH{at}" Type="{OFFICE}/header" Target="header{at}.xml"/>'
        more[f"word/header{at}.xml"] = many(b"<w:p/>", 2_000_000, f'<w:hdr {W}>'.encode(), b"</w:hdr>")
        references += f'<w:p><w:pPr><w:sectPr><w:headerReference w:type="{kind}" r:id="rIdH{at}"/></w:sectPr></w:pPr></w:p>'
    return convert(folder, references, further=more, types=types, relations=relations)


@attack
def template_headers(folder):
    argv = convert_headers(folder)
    (folder / "a.docx").rename(folder / "表.docx")
    return argv and project(folder, None, "表.docx")
