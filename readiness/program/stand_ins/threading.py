class Local:
    pass


local = Local
