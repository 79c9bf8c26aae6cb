"""The service that catalogues the APIs of an organisation."""

from setuptools import find_packages, setup

setup(
    name="kade-catalog-service",
    version="0.1.0",
    description="Keeps one catalogue of every API of an organisation",
    license="MPL-2.0",
    python_requires=">=3.11",
    package_dir={"": "src"},
    packages=find_packages("src"),
    include_package_data=True,
    install_requires=[
        "kade-shared==0.1.0",  # settings, logs, problems, tokens, pages
        "django-filter",  # filters of the REST API, declared on the model
        "pyyaml",  # its event parser reads YAML documents safely
        "openapi-spec-validator",  # carries the official meta-schemas; only its files
        "jsonschema-rs",  # validates against them in milliseconds, offline
        "markdown-it-py",  # descriptions in documents are Markdown
        "nh3",  # no HTML of a document reaches a page uncleaned
    ],
)
