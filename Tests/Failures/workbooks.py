"""Workbooks that tests write: several sheets, formulas."""

import zipfile

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(file, sheets):
    """Writes a workbook: cells by sheet and row, a text, a number, or a formula with its stored value or None."""

    def cell(value):
        if isinstance(value, tuple):
            return f"<c><f>{value[0]}</f>{'' if value[1] is None else f'<v>{value[1]}</v>'}</c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if isinstance(value, str) else f"<c><v>{value}</v></c>"

    numbers = range(1, len(sheets) + 1)
    names = [name.replace("&", "&amp;") for name in sheets]
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>' + "".join(
            f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>' for number, name in zip(numbers, names)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="r{number}" Type="{OFFICE}/worksheet" Target="sheet{number}.xml"/>' for number in numbers) + "</Relationships>",
    }
    for number, rows in zip(numbers, sheets.values()):
        parts[f"xl/sheet{number}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>' + "".join(
            f"<row>{''.join(map(cell, row))}</row>" for row in rows) + "</sheetData></worksheet>"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.read_bytes()
