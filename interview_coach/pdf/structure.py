"""The tags of a PDF as a tree, so that a screen reader finds lists and tables as such.

fpdf2 knows one level of tags. Here a tag may hold others (L > LI, Table > TR > TD); what is drawn is always a leaf.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fpdf.output import OutputProducer, PDFPage
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject


class Structure(StructureTreeBuilder):
    """Tags in the order of reading."""

    def __init__(self) -> None:
        super().__init__()
        self._open = [self.doc_struct_elem]
        self._leaves: Counter[int] = Counter()
        self.elements: list[StructElem] = []
        """Every tag but the outermost, in order."""

    @contextmanager
    def group(self, kind: str, page: int) -> Iterator[None]:
        """Tags made inside belong to one tag of this kind. Left out when nothing is drawn inside."""
        parent = self._open[-1]
        element = StructElem(f"/{kind}", parent, [], page_number=page)
        place, at = len(parent.k), len(self.elements)
        self._open.append(element)
        try:
            yield
        finally:
            self._open.pop()
            if element.k:
                parent.k.insert(place, element)
                self.elements.insert(at, element)

    def add_marked_content(
        self,
        page_number: int,
        struct_type: str,
        mcid: int | None = None,
        title: str | None = None,
        alt_text: str | None = None,
    ) -> tuple[StructElem, int]:
        pages = self.spid_per_page_number
        number = pages.setdefault(page_number, len(pages))
        parent = self._open[-1]
        element = StructElem(struct_type, parent, [] if mcid is None else [mcid], page_number, title, alt_text)
        parent.k.append(element)
        self.elements.append(element)
        self._leaves[page_number] += mcid is not None
        self.struct_tree_root.parent_tree.nums[number].append(element)
        return element, number

    def next_mcid_for_page(self, page_number: int) -> int:
        return self._leaves[page_number]

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from self.elements


class Producer(OutputProducer):
    """Tells tags below the first level their page as well."""

    def _add_pages(self, *args: Any) -> list[PDFPage]:
        self._sheets = super()._add_pages(*args)
        return self._sheets

    def _add_structure_tree(self) -> PDFObject | None:
        builder = self.fpdf.struct_builder
        assert isinstance(builder, Structure)
        for element in builder.elements:
            number = element.page_number()
            if number is not None:
                element.pg = self._sheets[number - 1]  # type: ignore[assignment] # fpdf2 types it by its first value
        return super()._add_structure_tree()
