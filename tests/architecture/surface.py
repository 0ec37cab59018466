"""An import-linter contract: a package may be entered only through the submodules it offers.

`keepers` are packages that reach all of it: those whose verbs keep its rows.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class SurfaceContract(Contract):
    type_name = "surface"

    packages = fields.ListField(subfield=fields.StringField())
    surface = fields.SetField(subfield=fields.StringField())
    keepers = fields.SetField(subfield=fields.StringField(), default=set())

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
            if not _is_of(importer, {package, *self.keepers})
        )
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} reaches into {imported}")


def _is_of(module: str, packages: set[str]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in packages)


class EntrustedContract(Contract):
    """Verbs that ask for no right (`services.…entrusted`) are reached by the named rooms alone.

    Each line of `doors` is „importer -> entrusted module”; a new module of that name is closed
    until a line opens it. A door that nobody uses is a fault too.
    """

    type_name = "entrusted"

    doors = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        used: set[str] = set()
        trespasses = []
        for imported in sorted(filter(is_entrusted, graph.modules)):
            for importer in sorted(graph.find_modules_that_directly_import(imported)):
                if surface_of(importer) == surface_of(imported):
                    continue
                door = f"{importer} -> {surface_of(imported)}"
                used.add(door)
                if door not in self.doors:
                    trespasses.append(door)
        return ContractCheck(
            kept=not trespasses and used >= self.doors,
            metadata={"trespasses": trespasses, "unused": sorted(self.doors - used)},
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for door in check.metadata["trespasses"]:
            output.print_error(f"{door}: not a door of the contract")
        for door in check.metadata["unused"]:
            output.print_error(f"{door}: nobody uses this door")


def is_entrusted(module: str) -> bool:
    names = module.split(".")
    return "services" in names and "entrusted" in names


def surface_of(module: str) -> str:
    """The entrusted package that the module belongs to; of any other module its own name."""
    names = module.split(".")
    return ".".join(names[: names.index("entrusted") + 1]) if is_entrusted(module) else module
