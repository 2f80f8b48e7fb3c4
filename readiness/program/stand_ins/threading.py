class local:
    pass
