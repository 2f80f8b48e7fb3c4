"""The language model that all agents share."""

import os

from agno.models.base import Model


def interview_model() -> Model:
    """The model of the interview; needs ``OPENAI_API_KEY``."""
    from agno.models.openai import OpenAIChat

    return OpenAIChat(id=os.getenv("MODEL_ID", "gpt-5-mini"))
