"""An import-linter contract: a package may be entered only through the submodules it offers."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class SurfaceContract(Contract):
    type_name = "surface"

    packages = fields.ListField(subfield=fields.StringField())
    surface = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        owned = {
            package
            for name in self.packages
            for package in (graph.find_children(name[:-2]) if name.endswith(".*") else {name})
        }
        trespasses = sorted(
            (importer, imported)
            for package in owned
            for imported in graph.find_descendants(package)
            if imported.removeprefix(f"{package}.").split(".")[0] not in self.surface
            for importer in graph.find_modules_that_directly_import(imported)
            if not importer.startswith(f"{package}.") and importer != package
        )
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} reaches into {imported}")
