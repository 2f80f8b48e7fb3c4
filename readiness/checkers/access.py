"""Checkers that judge who can reach the database."""

from collections.abc import Iterator

from readiness import Deployment, Finding, NotApplicable, checker, ok, problem, undecided

_MENDS = {
    "published-port": "drop the published port, or bind it to 127.0.0.1: services of one network "
    "reach each other without it",
    "host-network": "leave the host's network: give the container a network of its own",
    "service-load-balancer": "make the Service a ClusterIP",
    "service-node-port": "make the Service a ClusterIP",
    "ingress": "take the database out of the ingress",
    "security-group": "allow the application's security group or subnet instead of the world",
    "firewall-rule": "allow the application's network instead of the world",
    "publicly-accessible": "set it to false, and put the database into private subnets",
    "trust-authentication": "ask for a password: scram-sha-256",
    "host-based-authentication": "name the application's network, and scram-sha-256",
    "admin-interface": "bind it to 127.0.0.1 and open it through a tunnel, or take it away",
    "no-network-policy": "add a NetworkPolicy that admits the application's pods only",
}


@checker("access.database")
def database(deployment: Deployment) -> Iterator[Finding]:
    """The database can be reached from the application and from nowhere else."""
    if not deployment.databases and not deployment.exposures:
        raise NotApplicable("no file here deploys a database; the live rules judge the server")
    judged: set[str] = set()
    for way in deployment.exposures:
        judged.add(way.subject)
        data = {"kind": way.kind, "open": way.open}
        if way.open:
            yield problem(way.text, at=way.at, hint=_MENDS.get(way.kind), data=data)
        elif way.open is None:
            yield undecided(way.text, at=way.at, hint="give the value that decides", data=data)
        else:
            yield ok(way.text, at=way.at, data=data)
    for one in deployment.databases:
        if not judged & {one.name, one.service, one.resource}:
            yield ok(f"{one.name} is opened to nobody outside", at=one.at)
