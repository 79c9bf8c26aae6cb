"""The package that every service carries a copy of."""

from setuptools import find_packages, setup

setup(
    name="kade-shared",
    version="0.1.0",
    description="What every Kade service has in common",
    license="MPL-2.0",
    python_requires=">=3.11",
    package_dir={"": "src"},
    packages=find_packages("src"),
    include_package_data=True,
    install_requires=[
        "django~=5.2.0",  # LTS: security fixes until April 2028
        "djangorestframework~=3.18.0",  # REST APIs over models
        "drf-spectacular~=0.30.0",  # OpenAPI documents of those APIs; brings pyyaml
        "drf-spectacular-sidecar",  # Swagger UI as same-origin static files
        "psycopg[binary]~=3.3.0",  # PostgreSQL driver, libpq included
        "procrastinate[django]~=3.10.0",  # jobs on PostgreSQL, no broker
        "structlog",  # JSON logs with bound fields
        "prometheus-client",  # /metrics in the field's format
        "whitenoise",  # static files without a second server
        "gunicorn",  # the WSGI server of the images
        "sentry-sdk",  # errors to Sentry, where SENTRY_DSN is set
        "httpx",  # outbound HTTP; its transport httpcore and idna come with it
    ],
)
