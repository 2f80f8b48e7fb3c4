from sqlalchemy import create_engine


class SQLAlchemyJobStore:
    def __init__(self, url=None, engine=None, tablename="apscheduler_jobs", **options):
        self.engine = engine
        if not engine:
            given = options.get("engine_options") or {}
            self.engine = create_engine(url, __library__=True, **given)
