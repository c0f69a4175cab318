{% macro pool_shape__numbered() %}
    {# Answers are told from each other by a number, from 0 or from 1; at least two of them. #}
    {% set fields = prompt_fields() %}
    {% set candidates = [] %}
    {% for number in range(10) %}
        {% set models = [] %}
        {% set scores = [] %}
        {% set responses = [] %}
        {% for mark in ["_" ~ number, number | string] %}
            {% for word in ["response", "completion", "output", "answer", "generation"] %}
                {% do responses.append(word ~ mark) %}
                {% do models.extend([word ~ mark ~ "_model", word ~ mark ~ "_source"]) %}
                {% do scores.extend([word ~ mark ~ "_score", word ~ mark ~ "_rating"]) %}
            {% endfor %}
            {% do models.extend(["model" ~ mark, "generator" ~ mark]) %}
            {% do scores.extend(["score" ~ mark, "rating" ~ mark]) %}
        {% endfor %}
        {% do fields.update({
            "model_" ~ number: {"names": models, "optional": number != 1},
            "response_" ~ number: {
                "names": responses, "type": "TEXT", "optional": number != 1
            },
            "score_" ~ number: {"names": scores, "optional": true},
        }) %}
        {% do candidates.append(
            candidate("model_" ~ number, "response_" ~ number, "score_" ~ number)
        ) %}
    {% endfor %}
    {% do fields.update({"source": {"names": ["source", "prompt_source"], "optional": true}}) %}
    {% do return(
        {
            "fields": fields,
            "one_of": [["response_0", "response_2"]],
            "prompt": "prompt",
            "source": "source",
            "candidates": candidates_that_are_there(list_of(*candidates)),
        }
    ) %}
{% endmacro %}
