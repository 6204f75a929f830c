"""Holds PDF files against what a program can check of PDF/A-2b (ISO 19005-2) and PDF/UA-1 (ISO 14289-1).

    conformance.py FILE_OR_FOLDER...

Each breach is a line: file, clause, what is wrong. Exits 1 if there is any. pikepdf reads the files, fontTools the faces.
"""

import io
import pathlib
import re
import sys

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

STANDARD = {
    "Document", "Part", "Sect", "Div", "Caption", "TOC", "TOCI", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl",
    "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "Span", "Quote", "Note", "Reference", "Link", "Figure", "BlockQuote",
}
PARENTS = {"TOCI": {"TOC"}, "LI": {"L"}, "Lbl": {"LI", "Note"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody"}, "TH": {"TR"}, "TD": {"TR"}}
FORBIDDEN_ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView", "/JavaScript"}


class File:
    def __init__(self, path):
        self.path, self.breaches = path, []
        self.bytes = path.read_bytes()
        self.pdf = pikepdf.open(io.BytesIO(self.bytes))
        self.root = self.pdf.Root

    def must(self, holds, clause, what):
        if not holds:
            self.breaches.append(f"{self.path.name}: {clause}: {what}")

    # --- PDF/A-2b -------------------------------------------------------------------------------------------------
    def archive(self):
        first, second = self.bytes.split(b"\n", 2)[:2]
        self.must(re.fullmatch(rb"%PDF-1\.[0-7]\r?", first), "A 6.1.2", "header")
        self.must(second[:1] == b"%" and sum(byte > 127 for byte in second[1:5]) == 4, "A 6.1.2", "no binary comment after the header")
        self.must("/ID" in self.pdf.trailer and "/Encrypt" not in self.pdf.trailer, "A 6.1.3", "trailer")
        self.must(self.bytes.rstrip(b"\r\n").endswith(b"%%EOF"), "A 6.1.3", "something follows the end")
        for object_ in self.pdf.objects:
            if isinstance(object_, Stream):
                self.must(not {"/F", "/FFilter", "/FDecodeParms"} & set(object_.keys()), "A 6.1.7.1", "external stream")
                filters = object_.get("/Filter", Array())
                filters = [filters] if isinstance(filters, Name) else list(filters)
                self.must(not {"/LZWDecode", "/Crypt", "/JPXDecode"} & {str(filter_) for filter_ in filters}, "A 6.1.7.2", f"filter {filters}")
                if object_.get("/Subtype") == "/Image":
                    self.must("/Alternates" not in object_ and "/OPI" not in object_ and not object_.get("/Interpolate", False), "A 6.2.8", "image")
                    self.must(object_.get("/ColorSpace") != "/DeviceCMYK", "A 6.2.4.3", "CMYK without its own intent")
            if isinstance(object_, Dictionary) and "/S" in object_ and str(object_.get("/S")) in FORBIDDEN_ACTIONS:
                self.must(object_.get("/Type") not in (None, "/Action"), "A 6.5.1", f"action {object_.S}")
        intents = [intent for intent in self.root.get("/OutputIntents", []) if intent.S == "/GTS_PDFA1"]
        self.must(len(intents) == 1, "A 6.2.3", "not one output intent")
        for intent in intents:
            profile = intent.DestOutputProfile.read_bytes()
            self.must(len(profile) == int.from_bytes(profile[:4], "big") and profile[36:40] == b"acsp", "A 6.2.3", "profile damaged")
            self.must(profile[12:20] == b"mntrRGB " and intent.DestOutputProfile.N == 3 and profile[8] <= 4, "A 6.2.3", "profile's kind")
        self.must(not {"/AA", "/AcroForm", "/OCProperties", "/Requirements"} & set(self.root.keys()), "A 6.4, 6.5, 6.9", "catalog")
        names = self.root.get("/Names", {})
        self.must(not {"/EmbeddedFiles", "/AlternatePresentations", "/JavaScript"} & set(names.keys()), "A 6.8, 6.10", "names")
        self.metadata()

    def metadata(self):
        stream = self.root.get("/Metadata")
        if stream is None:
            return self.must(False, "A 6.6.2.1", "no metadata")
        self.must("/Filter" not in stream, "A 6.6.2.1", "metadata compressed")
        packet = stream.read_bytes()
        self.must(b"bytes=" not in packet and b"encoding=" not in packet.split(b"?>")[0], "A 6.6.2.1", "packet header")
        with self.pdf.open_metadata() as metadata:
            self.must(metadata.get("pdfaid:part") == "2" and metadata.get("pdfaid:conformance") == "B", "A 6.6.4", "identification")
            info = self.pdf.docinfo
            pairs = {"/Title": "dc:title", "/Subject": "dc:description", "/Keywords": "pdf:Keywords", "/Producer": "pdf:Producer", "/Creator": "xmp:CreatorTool"}
            for key, name in pairs.items():
                if key in info:
                    self.must(str(info[key]) == metadata.get(name), "A 6.6.3", f"{key} {info[key]} is not {metadata.get(name)}")
            if "/Author" in info:
                self.must([str(info.Author)] == list(metadata.get("dc:creator", [])), "A 6.6.3", "Author")
            for key, name in {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}.items():
                if key in info:
                    self.must(str(info[key])[2:10] == str(metadata.get(name)).replace("-", ""), "A 6.6.3", key)
            self.must(metadata.get("pdfuaid:part") == "1", "UA 5", "identification")
            self.must(bool(metadata.get("dc:title")), "UA 7.1", "no title")

    # --- pages ----------------------------------------------------------------------------------------------------
    def pages(self):
        """The marked contents: the page's number and the identifier there."""
        marked = set()
        for number, page in enumerate(self.pdf.pages):
            box = [float(edge) for edge in page.MediaBox]
            self.must(3 <= box[2] - box[0] <= 14400 and 3 <= box[3] - box[1] <= 14400, "A 6.1.13", f"page of {box}")
            self.must("/AA" not in page, "A 6.5.2", "page action")
            fonts = {name: Font(self, font) for name, font in page.Resources.get("/Font", {}).items()}
            open_, font, depth = [], None, 0
            for operands, operator in pikepdf.parse_content_stream(page):
                operator = str(operator)
                if operator in ("BMC", "BDC"):
                    properties = operands[1] if len(operands) > 1 else Dictionary()
                    artifact, identifier = operands[0] == "/Artifact", properties.get("/MCID")
                    inside = [kind for kind in open_ if kind]
                    self.must(not (artifact and inside) and not (identifier is not None and inside), "UA 7.1", f"marked within marked, page {number + 1}")
                    open_.append("artifact" if artifact else "content" if identifier is not None else None)
                    if identifier is not None:
                        self.must((number, int(identifier)) not in marked, "UA 7.1", "identifier used twice")
                        marked.add((number, int(identifier)))
                elif operator == "EMC":
                    open_.pop()
                elif operator in ("Tj", "TJ", "Do", "f", "F", "f*", "S", "s", "B", "b", "sh", "BI", "'", '"'):
                    self.must(any(open_), "UA 7.1", f"{operator} neither marked nor an artifact, page {number + 1}")
                elif operator in ("q", "Q"):
                    depth += 1 if operator == "q" else -1
                    self.must(depth <= 28, "A 6.1.13", "q nested too deeply")
                elif operator in ("k", "K"):
                    self.must(False, "A 6.2.4.3", "CMYK")
                if operator == "Tf":
                    font = fonts.get(str(operands[0]))
                elif operator in ("Tj", "TJ"):
                    strings = operands[0] if operator == "TJ" else operands
                    for string in (part for part in strings if isinstance(part, pikepdf.String)):
                        font.show(bytes(string))
            self.must(not open_, "UA 7.1", "marked content without end")
            for font in fonts.values():
                font.check()
            annotations = page.get("/Annots", [])
            self.must(not len(annotations) or page.get("/Tabs") == "/S", "UA 7.18.3", "order of annotations")
            for annotation in annotations:
                flags = int(annotation.get("/F", 0))
                self.must(flags & 4 and not flags & (1 | 2 | 32), "A 6.3.2", f"flags {flags}")
                self.must(annotation.Subtype == "/Link", "A 6.3.3", f"annotation {annotation.Subtype}")
                self.must("/Contents" in annotation, "UA 7.18.5", "link without description")
                self.must("/StructParent" in annotation, "UA 7.18.1", "link outside of the structure")
        return marked

    # --- structure ------------------------------------------------------------------------------------------------
    def structure(self, marked):
        tree = self.root.get("/StructTreeRoot")
        self.must(self.root.get("/MarkInfo", {}).get("/Marked", False) is True, "UA 7.1", "not marked")
        self.must(self.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False) is True, "UA 7.1", "title not shown")
        self.must(bool(str(self.root.get("/Lang", ""))), "UA 7.2", "no language")
        if tree is None:
            return self.must(False, "UA 7.1", "no structure")
        self.roles = {str(key)[1:]: str(value)[1:] for key, value in tree.get("/RoleMap", {}).items()}
        self.parents = dict(zip(list(tree.ParentTree.Nums)[::2], list(tree.ParentTree.Nums)[1::2]))
        self.page_numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.found, self.heading, self.notes = {}, 0, set()
        for kid in tree.K if isinstance(tree.K, Array) else [tree.K]:
            self.element(kid, tree, None)
        self.must(set(self.found) == marked, "UA 7.1", f"content that no element holds, or the other way: {set(self.found) ^ marked}")
        for (number, identifier), element in self.found.items():
            page = self.pdf.pages[number]
            parents = self.parents.get(int(page.StructParents))
            self.must(parents is not None and parents[identifier].objgen == element.objgen, "UA 7.1", "parent tree")

    def element(self, element, parent, parent_role, page=None):
        role = str(element.S)[1:]
        role = self.roles.get(role, role)
        self.must(role in STANDARD, "UA 7.1", f"role {role}")
        self.must(element.P.objgen == parent.objgen, "UA 7.1", "parent")
        self.must(role not in PARENTS or parent_role in PARENTS[role], "UA 7.5, 7.6", f"{role} in {parent_role}")
        if re.fullmatch("H[1-6]", role):
            level = int(role[1])
            self.must(level <= self.heading + 1, "UA 7.4.2", f"H{level} after H{self.heading}")
            self.heading = level
        if role == "Figure":
            self.must(str(element.get("/Alt", "")).strip() or "/ActualText" in element, "UA 7.3", "figure without alternative text")
        if role == "TH":
            self.must("/Scope" in element.get("/A", {}), "UA 7.5", "header cell without scope")
        if role == "Note":
            self.must(str(element.get("/ID", "")) not in self.notes | {""}, "UA 7.9", "note without an identifier of its own")
            self.notes.add(str(element.get("/ID", "")))
        if role == "Table":
            self.table(element)
        page = element.get("/Pg", page)
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                self.found[self.page_numbers[page.objgen], kid] = element
            elif kid.get("/Type") == "/MCR":
                self.found[self.page_numbers[kid.get("/Pg", page).objgen], int(kid.MCID)] = element
            elif kid.get("/Type") == "/OBJR":
                self.must(role == "Link", "UA 7.18.5", f"annotation in {role}")
            else:
                self.element(kid, element, role, page)

    def table(self, table):
        widths, covered = [], []
        for row in table.get("/K", []):
            covered = [left - 1 for left in covered]
            column = 0
            for cell in row.get("/K", []):
                attributes = cell.get("/A", {})
                rows, columns = int(attributes.get("/RowSpan", 1)), int(attributes.get("/ColSpan", 1))
                while column < len(covered) and covered[column] > 0:
                    column += 1
                covered += [0] * (column + columns - len(covered))
                covered[column:column + columns] = [rows] * columns
                column += columns
            widths.append(sum(left > 0 for left in covered))
        self.must(len(set(widths)) <= 1, "UA 7.5", f"rows of {sorted(set(widths))} columns")


class Font:
    """A face as the file has it."""

    def __init__(self, file, font):
        self.file, self.font, self.codes = file, font, set()

    def show(self, string):
        self.codes |= {int.from_bytes(string[at:at + 2], "big") for at in range(0, len(string), 2)}

    def check(self):
        must = self.file.must
        descendant = self.font.DescendantFonts[0]
        descriptor = descendant.FontDescriptor
        truetype = descendant.Subtype == "/CIDFontType2"
        program = descriptor.get("/FontFile2" if truetype else "/FontFile3")
        if program is None:
            return must(False, "A 6.2.11.4", "face not embedded")
        must(not truetype or descendant.get("/CIDToGIDMap") == "/Identity", "A 6.2.11.3.2", "CIDToGIDMap")
        must(0 not in self.codes, "A 6.2.11.8", "a glyph that is none")
        mapped = unicode_of(self.font.ToUnicode.read_bytes())
        for code in self.codes:
            must(mapped.get(code) not in (None, "\0", "\ufeff", "\ufffe"), "UA 7.21.7", f"no character for code {code}")
        given = widths_of(descendant)
        own = program_widths(program.read_bytes(), truetype)
        for code in self.codes:
            must(abs(given(code) - own(code)) <= 1, "A 6.2.11.5", f"{descriptor.FontName}: width of {code}: {given(code)}, in the program {own(code)}")


def unicode_of(cmap):
    pairs = re.findall(rb"<([0-9A-F]{4})> <?([0-9A-F]{4,8})>?|<([0-9A-F]{4})><([0-9A-F]{4,8})>", cmap)
    return {int(a or c, 16): bytes.fromhex((b or d).decode()).decode("utf-16-be") for a, b, c, d in pairs}


def widths_of(descendant):
    widths, rest = {}, list(descendant.get("/W", []))
    while rest:
        first, row = int(rest.pop(0)), rest.pop(0)
        if isinstance(row, Array):
            widths.update(enumerate(map(float, row), first))
        else:
            widths.update({code: float(rest[0]) for code in range(first, int(row) + 1)})
            rest.pop(0)
    return lambda code: widths.get(code, float(descendant.get("/DW", 1000)))


def program_widths(program, truetype):
    if truetype:
        font = TTFont(io.BytesIO(program))
        order = font.getGlyphOrder()
        return lambda code: font["hmtx"][order[code]][0] * 1000 / font["head"].unitsPerEm
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    top = fonts[0]
    scale = top.FontMatrix[0] * 1000 if hasattr(top, "FontMatrix") else 1

    def width(code):
        name = f"cid{code:05d}" if hasattr(top, "ROS") else top.charset[code]
        glyph = top.CharStrings[name]
        from fontTools.pens.basePen import NullPen
        glyph.draw(NullPen())
        return glyph.width * scale

    return width


def main(arguments):
    paths = [path for argument in map(pathlib.Path, arguments) for path in (sorted(argument.rglob("*.pdf")) if argument.is_dir() else [argument])]
    breaches = []
    for path in paths:
        file = File(path)
        file.archive()
        file.structure(file.pages())
        breaches += file.breaches
    for breach in sorted(set(breaches)):
        print(breach)
    print(f"{len(paths)} files, {len(breaches)} breaches")
    return 1 if breaches or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
