from __readiness__ import line_of_csv, rows_of_csv


def reader(lines, dialect="excel", **options):
    return iter(rows_of_csv(list(lines), dialect, options))


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", **options):
        self._rows = rows_of_csv(list(f), dialect, options)
        self.restkey, self.restval = restkey, restval
        self.fieldnames = self._rows.pop(0) if fieldnames is None else list(fieldnames)

    def __iter__(self):
        for row in self._rows:
            if row:
                yield self._named(row)

    def _named(self, row):
        names = self.fieldnames
        made = dict(zip(names, row, strict=False))
        if len(row) > len(names):
            made[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            made[name] = self.restval
        return made


class _Writer:
    def __init__(self, file, dialect, options):
        self._file, self._dialect, self._options = file, dialect, options

    def writerow(self, row):
        return self._file.write(line_of_csv(list(row), self._dialect, self._options))

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


def writer(file, dialect="excel", **options):
    return _Writer(file, dialect, options)


class DictWriter(_Writer):
    def __init__(
        self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", **options
    ):
        super().__init__(f, dialect, options)
        self.fieldnames, self.restval, self._strict = fieldnames, restval, extrasaction == "raise"

    def writeheader(self):
        return super().writerow(self.fieldnames)

    def writerow(self, row):
        if self._strict and any(name not in self.fieldnames for name in row):
            raise ValueError("dict contains fields not in fieldnames")
        return super().writerow([row.get(name, self.restval) for name in self.fieldnames])

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)
