"""Compile every template of the house, so that no reader waits for it: `python -m app.wiring.compiled`."""

from app.wiring import create_app


def compile_all() -> int:
    """Read each page and part once; what is compiled is kept beside the data. Answers how many there are."""
    environment = create_app({"MIGRATIONS": False}).jinja_env
    names = [name for name in environment.list_templates() if name.endswith((".html", ".xml", ".txt"))]
    for name in names:
        environment.get_template(name)
    return len(names)


if __name__ == "__main__":
    compile_all()
