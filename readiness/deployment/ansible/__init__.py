"""Ansible: what playbooks start and write on the machines of an environment."""
