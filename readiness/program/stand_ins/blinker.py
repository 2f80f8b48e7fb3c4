class Signal:
    def __init__(self, doc=None):
        self._receivers = []

    def connect(self, receiver, sender=None, weak=True):
        self._receivers.append((receiver, sender))
        return receiver

    def connect_via(self, sender, weak=False):
        return lambda receiver: self.connect(receiver, sender)

    def disconnect(self, receiver, sender=None):
        self._receivers = [one for one in self._receivers if one[0] is not receiver]

    def send(self, sender=None, **given):
        return [
            (receiver, receiver(sender, **given))
            for receiver, wanted in self._receivers
            if wanted is None or wanted is sender
        ]


_SIGNALS = {}


def signal(name, doc=None):
    if name not in _SIGNALS:
        _SIGNALS[name] = Signal(doc)
    return _SIGNALS[name]


class Namespace(dict):
    def signal(self, name, doc=None):
        if name not in self:
            self[name] = Signal(doc)
        return self[name]
