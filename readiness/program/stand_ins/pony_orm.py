import psycopg2


class Database:
    def __init__(self, *arguments, **options):
        if arguments or options:
            self.bind(*arguments, **options)

    def bind(self, *arguments, **options):
        if len(arguments) == 1 and not isinstance(arguments[0], str):
            options = {**arguments[0], **options}
            arguments = ()
        provider = options.pop("provider", None)
        if provider is None:
            provider, *arguments = arguments
        if provider == "postgres":
            psycopg2.connect(*arguments, **options)
