// Made from schema/heddle.schema.json by scripts/generate. Do not edit.
"use strict";
export const validate = validate20;
export default validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"heddle.schema.json","title":"Heddle pipeline","description":"A pipeline file (heddle.yaml): dimensions, datasets and the tasks between them.","type":"object","required":["heddle"],"additionalProperties":false,"properties":{"heddle":{"const":1,"description":"Version of the language that this file is written in: 1."},"name":{"type":"string","pattern":"\\S","description":"Name of the pipeline, shown in reports. Default: pipeline."},"description":{"type":"string","description":"What the pipeline is for, in a sentence or more."},"parameters":{"type":["object","null"],"description":"Typed values that a person may set with --param NAME=VALUE. A value on its own is a default, its type inferred.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/parameter"}},"dimensions":{"type":["object","null"],"description":"Axes along which data is partitioned, in the order in which data IDs are written. A type on its own (year: int) is a shorthand.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/dimension"}},"relations":{"type":["object","null"],"description":"Tables of which values of several dimensions go together.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/relation"}},"datasets":{"type":["object","null"],"description":"Dataset types: what is read, made and kept. A text on its own is a path.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"additionalProperties":{"$ref":"#/$defs/dataset"}},"tasks":{"type":["object","null"],"description":"Kinds of work, each done once for every data ID of its dimensions.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"additionalProperties":{"$ref":"#/$defs/task"}}},"$defs":{"valueType":{"type":"string","enum":["int","float","string","bool","time","timespan"],"description":"Type of a value: int, float, string, bool, time or timespan."},"parameter":{"title":"parameter","description":"A parameter: its default, or a mapping that says more.","type":["object","string","number","boolean","array"],"additionalProperties":false,"properties":{"type":{"type":"string","enum":["int","float","string","bool","time","timespan","json"],"description":"Type of the value; inferred from the default when left out (1 is an int, 1.0 a float)."},"default":{"description":"Value unless --param gives another. Without it the parameter is required."},"unit":{"type":"string","description":"Unit of the value, for people: mm, K, s."},"range":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2,"description":"Smallest and largest value allowed, both included."},"choices":{"type":"array","minItems":1,"description":"The only values allowed."},"pattern":{"type":"string","description":"Regular expression that the whole text must match."},"required":{"type":"boolean","description":"Whether a value must be given with --param. Default: true without a default, else false."},"description":{"type":"string","description":"What the value means."}}},"records":{"type":["string","array"],"pattern":"\\S","description":"Where the records are: a CSV, JSON or JSON Lines file of the project, or the records themselves as a list."},"metadata":{"type":"object","description":"Types of further columns of the records; a column of a CSV file that is not named here is int, float or string by its values.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/valueType"}},"dimension":{"title":"dimension","description":"A dimension: its type, or a mapping that says more. Default: string.","type":["object","string","null"],"if":{"type":"string"},"then":{"$ref":"#/$defs/valueType"},"additionalProperties":false,"properties":{"type":{"$ref":"#/$defs/valueType","description":"Type of the values. Default: string."},"records":{"$ref":"#/$defs/records","description":"The values that exist, with their metadata: a file or a list. Without it, the values are those of the inputs that are found."},"metadata":{"$ref":"#/$defs/metadata"},"requires":{"type":"array","items":{"type":"string"},"description":"Dimensions without which a value of this one means nothing: a detector requires its instrument. They become part of every data ID."},"implies":{"type":"array","items":{"type":"string"},"description":"Dimensions whose value follows from a value of this one: a filter implies a band. They are not part of data IDs."},"ordered":{"type":"boolean","description":"Whether values are ordered as the records stand, not by value. Default: false."},"governor":{"type":"boolean","description":"Whether an expression that touches a dimension that requires this one must also constrain this one. Default: false."},"default":{"type":["string","number","boolean"],"description":"Value of a governor that an expression does not mention."},"description":{"type":"string","description":"What the dimension is."}}},"relation":{"title":"relation","type":"object","description":"A table of which values of several dimensions go together.","properties":{"dimensions":{"type":"array","items":{"type":"string"},"description":"The dimensions that it relates; columns of the records have their names.","minItems":1},"records":{"$ref":"#/$defs/records"},"metadata":{"$ref":"#/$defs/metadata"},"description":{"type":"string","description":"What the relation says."}},"required":["dimensions","records"],"additionalProperties":false},"dataset":{"title":"dataset","description":"A dataset type: a mapping, or its path as a text.","type":["object","string","null"],"pattern":"\\S","additionalProperties":false,"properties":{"dimensions":{"type":"array","items":{"type":"string"},"description":"Dimensions that tell one dataset of this type from another. Default: none, there is one."},"format":{"type":"string","enum":["json","csv","text","bytes","file","directory"],"description":"How values become bytes. Default: by the ending of the path, json without a path, else file; directory for a path that ends in /."},"path":{"type":"string","pattern":"\\S","description":"Where the file lies below the project folder, with {DIMENSION} for each dimension; {DIMENSION.COLUMN} is metadata. What no task makes is found there; what a task makes appears there."},"sparse":{"type":["string","integer"],"pattern":"\\S","minimum":0,"description":"Size in bytes, as an expression over the data ID, of an input that Heddle makes itself as a sparse file of zeros."},"description":{"type":"string","description":"What the data is."}}},"input":{"title":"input","description":"A dataset type, or a mapping that says more.","type":["object","string"],"required":["dataset"],"additionalProperties":false,"properties":{"dataset":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"The dataset type that is read. Dimensions that it has beyond the task’s are gathered: a list in data-ID order."},"minimum":{"type":"integer","minimum":0,"description":"Fewest datasets that make the work worth doing. Default: 1."},"optional":{"type":"boolean","description":"Whether the work is done without it too; the same as minimum: 0. Default: false."},"at":{"type":"object","minProperties":1,"additionalProperties":{"type":"string","enum":["previous"]},"description":"A step along a dimension: {round: previous} reads what was made at the preceding value."},"initial":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"Dataset type that stands in at the first value of the stepped dimension."},"via":{"type":"string","description":"Relation whose rows are the edges between tasks and datasets, instead of equal dimensions."}}},"prerequisite":{"title":"prerequisite","description":"A dataset type, or a mapping that says more.","type":["object","string"],"required":["dataset"],"additionalProperties":false,"properties":{"dataset":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"The dataset type that is looked up."},"minimum":{"type":"integer","minimum":0,"description":"Fewest datasets that must be there. Default: 1."},"optional":{"type":"boolean","description":"Whether it may be missing. Default: false."},"via":{"type":"string","description":"Relation whose rows are the edges, instead of equal dimensions."}}},"output":{"title":"output","description":"A dataset type, or a mapping that says more.","type":["object","string"],"required":["dataset"],"additionalProperties":false,"properties":{"dataset":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"The dataset type that is made. It has all dimensions of the task; dimensions beyond those are several datasets from one piece of work."},"via":{"type":"string","description":"Relation whose rows are the edges, instead of equal dimensions."}}},"resources":{"type":"object","description":"What the work asks of its machine. Any other name is a custom resource that is counted: licences, tokens.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"properties":{"cores":{"type":"number","minimum":0,"description":"Processor cores. Default: 1."},"memory":{"type":["string","number"],"description":"Memory: 500MiB, 2GB, or bytes."},"gpus":{"type":"integer","minimum":0,"description":"Graphics processors. Default: 0."},"disk":{"type":["string","number"],"description":"Space for temporary files: 10GiB, or bytes."},"walltime":{"type":["string","number"],"description":"Longest time that the work may take: 5min, 1h30min, 01:30:00, or seconds. It is ended when it takes longer."},"nodes":{"type":"integer","minimum":1,"description":"Machines. Default: 1."},"processes":{"type":"integer","minimum":1,"description":"Processes that are started. Default: 1."}},"additionalProperties":{"type":"number","minimum":0,"description":"A custom resource: how many are needed."}},"retry":{"title":"retry","type":["object","integer"],"minimum":0,"description":"When to try again: a number of further tries, or a mapping.","additionalProperties":false,"properties":{"limit":{"type":"integer","minimum":0,"description":"Tries after the first. Default: 1."},"on":{"type":"array","items":{"type":"string","enum":["error","memory","walltime","infrastructure"]},"description":"Causes of failure after which to try again. Default: all. Lost infrastructure never uses up a try."},"scale":{"type":"number","minimum":1,"description":"How much more of the resource that ran out the next try gets. Default: 2."}}},"task":{"title":"task","type":"object","description":"A kind of work: what it reads and makes, and one body: command, python or typescript.","additionalProperties":false,"oneOf":[{"required":["command"]},{"required":["python"]},{"required":["typescript"]}],"properties":{"description":{"type":"string","description":"What the work is."},"dimensions":{"type":"array","items":{"type":"string"},"description":"The work is done once for each data ID of these dimensions. Default: none, it is done once."},"inputs":{"type":"object","description":"What it reads: connection name to dataset type.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/input"}},"prerequisites":{"type":"object","description":"What it reads that must be there before the plan is made; it does not decide which work exists.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/prerequisite"}},"outputs":{"type":"object","description":"What it makes: connection name to dataset type.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/output"}},"config":{"type":"object","description":"Settings, part of the identity of results. {parameters.NAME} is replaced; a value that is just that keeps the parameter’s type.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":true},"command":{"type":["string","array"],"items":{"type":["string","number","boolean"]},"description":"A text for sh, or a list of arguments without a shell. {inputs.NAME}, {outputs.NAME}, {config.NAME}, {dataId.NAME}, {resources.NAME} and {parameters.NAME} are replaced; every other brace stays."},"python":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*$","description":"A function of a module of the project, MODULE:FUNCTION. It gets inputs and configuration by name and returns its output."},"typescript":{"type":"string","pattern":"^[^#\\s][^#]*#[A-Za-z_$][A-Za-z0-9_$]*$","description":"An exported function of a module of the project, ./FILE.ts#FUNCTION. It gets one object with inputs and configuration by name and returns its output."},"resources":{"$ref":"#/$defs/resources"},"retry":{"$ref":"#/$defs/retry"},"noWork":{"type":"integer","minimum":1,"maximum":255,"description":"Exit code by which a command says that there is nothing to do here."},"files":{"type":"array","items":{"type":"string"},"description":"Files of the project that count as code. A command’s are found in its text: a list here takes their place, an empty one turns the finding off. A function’s module and imports always count: files are added."},"after":{"type":"array","items":{"type":["object","string"],"description":"A task, or a mapping that says more.","required":["task"],"additionalProperties":false,"properties":{"task":{"type":"string","description":"The task that comes before."},"via":{"type":"string","description":"Relation whose rows are the edges, instead of equal dimensions."}}},"description":"Tasks that must be over before, without data between them; matched on the dimensions that both have."},"when":{"type":"string","pattern":"\\S","description":"Expression over the data ID: only where it is true is there work. :NAME is the parameter NAME."}}}}};
const schema32 = {"title":"parameter","description":"A parameter: its default, or a mapping that says more.","type":["object","string","number","boolean","array"],"additionalProperties":false,"properties":{"type":{"type":"string","enum":["int","float","string","bool","time","timespan","json"],"description":"Type of the value; inferred from the default when left out (1 is an int, 1.0 a float)."},"default":{"description":"Value unless --param gives another. Without it the parameter is required."},"unit":{"type":"string","description":"Unit of the value, for people: mm, K, s."},"range":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2,"description":"Smallest and largest value allowed, both included."},"choices":{"type":"array","minItems":1,"description":"The only values allowed."},"pattern":{"type":"string","description":"Regular expression that the whole text must match."},"required":{"type":"boolean","description":"Whether a value must be given with --param. Default: true without a default, else false."},"description":{"type":"string","description":"What the value means."}}};
const schema41 = {"title":"dataset","description":"A dataset type: a mapping, or its path as a text.","type":["object","string","null"],"pattern":"\\S","additionalProperties":false,"properties":{"dimensions":{"type":"array","items":{"type":"string"},"description":"Dimensions that tell one dataset of this type from another. Default: none, there is one."},"format":{"type":"string","enum":["json","csv","text","bytes","file","directory"],"description":"How values become bytes. Default: by the ending of the path, json without a path, else file; directory for a path that ends in /."},"path":{"type":"string","pattern":"\\S","description":"Where the file lies below the project folder, with {DIMENSION} for each dimension; {DIMENSION.COLUMN} is metadata. What no task makes is found there; what a task makes appears there."},"sparse":{"type":["string","integer"],"pattern":"\\S","minimum":0,"description":"Size in bytes, as an expression over the data ID, of an input that Heddle makes itself as a sparse file of zeros."},"description":{"type":"string","description":"What the data is."}}};
const pattern4 = new RegExp("\\S", "u");
const pattern5 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
const pattern11 = new RegExp("^[A-Za-z_][A-Za-z0-9_.-]*$", "u");
const schema33 = {"title":"dimension","description":"A dimension: its type, or a mapping that says more. Default: string.","type":["object","string","null"],"if":{"type":"string"},"then":{"$ref":"#/$defs/valueType"},"additionalProperties":false,"properties":{"type":{"$ref":"#/$defs/valueType","description":"Type of the values. Default: string."},"records":{"$ref":"#/$defs/records","description":"The values that exist, with their metadata: a file or a list. Without it, the values are those of the inputs that are found."},"metadata":{"$ref":"#/$defs/metadata"},"requires":{"type":"array","items":{"type":"string"},"description":"Dimensions without which a value of this one means nothing: a detector requires its instrument. They become part of every data ID."},"implies":{"type":"array","items":{"type":"string"},"description":"Dimensions whose value follows from a value of this one: a filter implies a band. They are not part of data IDs."},"ordered":{"type":"boolean","description":"Whether values are ordered as the records stand, not by value. Default: false."},"governor":{"type":"boolean","description":"Whether an expression that touches a dimension that requires this one must also constrain this one. Default: false."},"default":{"type":["string","number","boolean"],"description":"Value of a governor that an expression does not mention."},"description":{"type":"string","description":"What the dimension is."}}};
const schema34 = {"type":"string","enum":["int","float","string","bool","time","timespan"],"description":"Type of a value: int, float, string, bool, time or timespan."};
const schema36 = {"type":["string","array"],"pattern":"\\S","description":"Where the records are: a CSV, JSON or JSON Lines file of the project, or the records themselves as a list."};
const func1 = Object.prototype.hasOwnProperty;
const schema37 = {"type":"object","description":"Types of further columns of the records; a column of a CSV file that is not named here is int, float or string by its values.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/valueType"}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern5.test(key0)){
const err0 = {instancePath,schemaPath:"#/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema37.propertyNames,data:key0,propertyName:key0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid",schema:schema37.propertyNames,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/valueType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((((((data0 === "int") || (data0 === "float")) || (data0 === "string")) || (data0 === "bool")) || (data0 === "time")) || (data0 === "timespan"))){
const err3 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/valueType/enum",keyword:"enum",params:{allowedValues: schema34.enum},message:"must be equal to one of the allowed values",schema:schema34.enum,parentSchema:schema34,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(((!(data && typeof data == "object" && !Array.isArray(data))) && (typeof data !== "string")) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema33.type},message:"must be object,string,null",schema:schema33.type,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs4 = errors;
if(typeof data !== "string"){
const err2 = {instancePath,schemaPath:"#/$defs/valueType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((((((data === "int") || (data === "float")) || (data === "string")) || (data === "bool")) || (data === "time")) || (data === "timespan"))){
const err3 = {instancePath,schemaPath:"#/$defs/valueType/enum",keyword:"enum",params:{allowedValues: schema34.enum},message:"must be equal to one of the allowed values",schema:schema34.enum,parentSchema:schema34,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema",schema:schema33.if,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema33.properties, key0))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema33,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err6 = {instancePath:instancePath+"/type",schemaPath:"#/$defs/valueType/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!((((((data0 === "int") || (data0 === "float")) || (data0 === "string")) || (data0 === "bool")) || (data0 === "time")) || (data0 === "timespan"))){
const err7 = {instancePath:instancePath+"/type",schemaPath:"#/$defs/valueType/enum",keyword:"enum",params:{allowedValues: schema34.enum},message:"must be equal to one of the allowed values",schema:schema34.enum,parentSchema:schema34,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.records !== undefined){
let data1 = data.records;
if((typeof data1 !== "string") && (!(Array.isArray(data1)))){
const err8 = {instancePath:instancePath+"/records",schemaPath:"#/$defs/records/type",keyword:"type",params:{type: schema36.type},message:"must be string,array",schema:schema36.type,parentSchema:schema36,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err9 = {instancePath:instancePath+"/records",schemaPath:"#/$defs/records/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema36,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.metadata !== undefined){
if(!(validate22(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.requires !== undefined){
let data3 = data.requires;
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 !== "string"){
const err10 = {instancePath:instancePath+"/requires/" + i0,schemaPath:"#/properties/requires/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.requires.items.type,parentSchema:schema33.properties.requires.items,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/requires",schemaPath:"#/properties/requires/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema33.properties.requires.type,parentSchema:schema33.properties.requires,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.implies !== undefined){
let data5 = data.implies;
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/implies/" + i1,schemaPath:"#/properties/implies/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.implies.items.type,parentSchema:schema33.properties.implies.items,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/implies",schemaPath:"#/properties/implies/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema33.properties.implies.type,parentSchema:schema33.properties.implies,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.ordered !== undefined){
let data7 = data.ordered;
if(typeof data7 !== "boolean"){
const err14 = {instancePath:instancePath+"/ordered",schemaPath:"#/properties/ordered/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.ordered.type,parentSchema:schema33.properties.ordered,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.governor !== undefined){
let data8 = data.governor;
if(typeof data8 !== "boolean"){
const err15 = {instancePath:instancePath+"/governor",schemaPath:"#/properties/governor/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema33.properties.governor.type,parentSchema:schema33.properties.governor,data:data8};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.default !== undefined){
let data9 = data.default;
if(((typeof data9 !== "string") && (!((typeof data9 == "number") && (isFinite(data9))))) && (typeof data9 !== "boolean")){
const err16 = {instancePath:instancePath+"/default",schemaPath:"#/properties/default/type",keyword:"type",params:{type: schema33.properties.default.type},message:"must be string,number,boolean",schema:schema33.properties.default.type,parentSchema:schema33.properties.default,data:data9};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.description !== undefined){
let data10 = data.description;
if(typeof data10 !== "string"){
const err17 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.properties.description.type,parentSchema:schema33.properties.description,data:data10};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema39 = {"title":"relation","type":"object","description":"A table of which values of several dimensions go together.","properties":{"dimensions":{"type":"array","items":{"type":"string"},"description":"The dimensions that it relates; columns of the records have their names.","minItems":1},"records":{"$ref":"#/$defs/records"},"metadata":{"$ref":"#/$defs/metadata"},"description":{"type":"string","description":"What the relation says."}},"required":["dimensions","records"],"additionalProperties":false};

function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.dimensions === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "dimensions"},message:"must have required property '"+"dimensions"+"'",schema:schema39.required,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.records === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "records"},message:"must have required property '"+"records"+"'",schema:schema39.required,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "dimensions") || (key0 === "records")) || (key0 === "metadata")) || (key0 === "description"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.dimensions !== undefined){
let data0 = data.dimensions;
if(Array.isArray(data0)){
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/dimensions",schemaPath:"#/properties/dimensions/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema39.properties.dimensions,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 !== "string"){
const err4 = {instancePath:instancePath+"/dimensions/" + i0,schemaPath:"#/properties/dimensions/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.dimensions.items.type,parentSchema:schema39.properties.dimensions.items,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/dimensions",schemaPath:"#/properties/dimensions/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema39.properties.dimensions.type,parentSchema:schema39.properties.dimensions,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.records !== undefined){
let data2 = data.records;
if((typeof data2 !== "string") && (!(Array.isArray(data2)))){
const err6 = {instancePath:instancePath+"/records",schemaPath:"#/$defs/records/type",keyword:"type",params:{type: schema36.type},message:"must be string,array",schema:schema36.type,parentSchema:schema36,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data2 === "string"){
if(!pattern4.test(data2)){
const err7 = {instancePath:instancePath+"/records",schemaPath:"#/$defs/records/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema36,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data.metadata !== undefined){
if(!(validate22(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.description !== undefined){
let data4 = data.description;
if(typeof data4 !== "string"){
const err8 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.description.type,parentSchema:schema39.properties.description,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema42 = {"title":"task","type":"object","description":"A kind of work: what it reads and makes, and one body: command, python or typescript.","additionalProperties":false,"oneOf":[{"required":["command"]},{"required":["python"]},{"required":["typescript"]}],"properties":{"description":{"type":"string","description":"What the work is."},"dimensions":{"type":"array","items":{"type":"string"},"description":"The work is done once for each data ID of these dimensions. Default: none, it is done once."},"inputs":{"type":"object","description":"What it reads: connection name to dataset type.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/input"}},"prerequisites":{"type":"object","description":"What it reads that must be there before the plan is made; it does not decide which work exists.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/prerequisite"}},"outputs":{"type":"object","description":"What it makes: connection name to dataset type.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"#/$defs/output"}},"config":{"type":"object","description":"Settings, part of the identity of results. {parameters.NAME} is replaced; a value that is just that keeps the parameter’s type.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":true},"command":{"type":["string","array"],"items":{"type":["string","number","boolean"]},"description":"A text for sh, or a list of arguments without a shell. {inputs.NAME}, {outputs.NAME}, {config.NAME}, {dataId.NAME}, {resources.NAME} and {parameters.NAME} are replaced; every other brace stays."},"python":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*$","description":"A function of a module of the project, MODULE:FUNCTION. It gets inputs and configuration by name and returns its output."},"typescript":{"type":"string","pattern":"^[^#\\s][^#]*#[A-Za-z_$][A-Za-z0-9_$]*$","description":"An exported function of a module of the project, ./FILE.ts#FUNCTION. It gets one object with inputs and configuration by name and returns its output."},"resources":{"$ref":"#/$defs/resources"},"retry":{"$ref":"#/$defs/retry"},"noWork":{"type":"integer","minimum":1,"maximum":255,"description":"Exit code by which a command says that there is nothing to do here."},"files":{"type":"array","items":{"type":"string"},"description":"Files of the project that count as code. A command’s are found in its text: a list here takes their place, an empty one turns the finding off. A function’s module and imports always count: files are added."},"after":{"type":"array","items":{"type":["object","string"],"description":"A task, or a mapping that says more.","required":["task"],"additionalProperties":false,"properties":{"task":{"type":"string","description":"The task that comes before."},"via":{"type":"string","description":"Relation whose rows are the edges, instead of equal dimensions."}}},"description":"Tasks that must be over before, without data between them; matched on the dimensions that both have."},"when":{"type":"string","pattern":"\\S","description":"Expression over the data ID: only where it is true is there work. :NAME is the parameter NAME."}}};
const schema43 = {"title":"input","description":"A dataset type, or a mapping that says more.","type":["object","string"],"required":["dataset"],"additionalProperties":false,"properties":{"dataset":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"The dataset type that is read. Dimensions that it has beyond the task’s are gathered: a list in data-ID order."},"minimum":{"type":"integer","minimum":0,"description":"Fewest datasets that make the work worth doing. Default: 1."},"optional":{"type":"boolean","description":"Whether the work is done without it too; the same as minimum: 0. Default: false."},"at":{"type":"object","minProperties":1,"additionalProperties":{"type":"string","enum":["previous"]},"description":"A step along a dimension: {round: previous} reads what was made at the preceding value."},"initial":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"Dataset type that stands in at the first value of the stepped dimension."},"via":{"type":"string","description":"Relation whose rows are the edges between tasks and datasets, instead of equal dimensions."}}};
const schema44 = {"title":"prerequisite","description":"A dataset type, or a mapping that says more.","type":["object","string"],"required":["dataset"],"additionalProperties":false,"properties":{"dataset":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"The dataset type that is looked up."},"minimum":{"type":"integer","minimum":0,"description":"Fewest datasets that must be there. Default: 1."},"optional":{"type":"boolean","description":"Whether it may be missing. Default: false."},"via":{"type":"string","description":"Relation whose rows are the edges, instead of equal dimensions."}}};
const schema45 = {"title":"output","description":"A dataset type, or a mapping that says more.","type":["object","string"],"required":["dataset"],"additionalProperties":false,"properties":{"dataset":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$","description":"The dataset type that is made. It has all dimensions of the task; dimensions beyond those are several datasets from one piece of work."},"via":{"type":"string","description":"Relation whose rows are the edges, instead of equal dimensions."}}};
const schema46 = {"type":"object","description":"What the work asks of its machine. Any other name is a custom resource that is counted: licences, tokens.","propertyNames":{"pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"},"properties":{"cores":{"type":"number","minimum":0,"description":"Processor cores. Default: 1."},"memory":{"type":["string","number"],"description":"Memory: 500MiB, 2GB, or bytes."},"gpus":{"type":"integer","minimum":0,"description":"Graphics processors. Default: 0."},"disk":{"type":["string","number"],"description":"Space for temporary files: 10GiB, or bytes."},"walltime":{"type":["string","number"],"description":"Longest time that the work may take: 5min, 1h30min, 01:30:00, or seconds. It is ended when it takes longer."},"nodes":{"type":"integer","minimum":1,"description":"Machines. Default: 1."},"processes":{"type":"integer","minimum":1,"description":"Processes that are started. Default: 1."}},"additionalProperties":{"type":"number","minimum":0,"description":"A custom resource: how many are needed."}};
const schema47 = {"title":"retry","type":["object","integer"],"minimum":0,"description":"When to try again: a number of further tries, or a mapping.","additionalProperties":false,"properties":{"limit":{"type":"integer","minimum":0,"description":"Tries after the first. Default: 1."},"on":{"type":"array","items":{"type":"string","enum":["error","memory","walltime","infrastructure"]},"description":"Causes of failure after which to try again. Default: all. Lost infrastructure never uses up a try."},"scale":{"type":"number","minimum":1,"description":"How much more of the resource that ran out the next try gets. Default: 2."}}};
const pattern24 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*$", "u");
const pattern25 = new RegExp("^[^#\\s][^#]*#[A-Za-z_$][A-Za-z0-9_$]*$", "u");

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.command === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'",schema:schema42.oneOf[0].required,parentSchema:schema42.oneOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.python === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "python"},message:"must have required property '"+"python"+"'",schema:schema42.oneOf[1].required,parentSchema:schema42.oneOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.typescript === undefined){
const err2 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "typescript"},message:"must have required property '"+"typescript"+"'",schema:schema42.oneOf[2].required,parentSchema:schema42.oneOf[2],data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
}
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema42.oneOf,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema42.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.description.type,parentSchema:schema42.properties.description,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.dimensions !== undefined){
let data1 = data.dimensions;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/dimensions/" + i0,schemaPath:"#/properties/dimensions/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.dimensions.items.type,parentSchema:schema42.properties.dimensions.items,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/dimensions",schemaPath:"#/properties/dimensions/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema42.properties.dimensions.type,parentSchema:schema42.properties.dimensions,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.inputs !== undefined){
let data3 = data.inputs;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
const _errs14 = errors;
if(typeof key1 === "string"){
if(!pattern5.test(key1)){
const err8 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema42.properties.inputs.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
var valid4 = _errs14 === errors;
if(!valid4){
const err9 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema42.properties.inputs.propertyNames,parentSchema:schema42.properties.inputs,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
for(const key2 in data3){
let data4 = data3[key2];
if((!(data4 && typeof data4 == "object" && !Array.isArray(data4))) && (typeof data4 !== "string")){
const err10 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/input/type",keyword:"type",params:{type: schema43.type},message:"must be object,string",schema:schema43.type,parentSchema:schema43,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.dataset === undefined){
const err11 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/input/required",keyword:"required",params:{missingProperty: "dataset"},message:"must have required property '"+"dataset"+"'",schema:schema43.required,parentSchema:schema43,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
for(const key3 in data4){
if(!((((((key3 === "dataset") || (key3 === "minimum")) || (key3 === "optional")) || (key3 === "at")) || (key3 === "initial")) || (key3 === "via"))){
const err12 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/input/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema43,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data4.dataset !== undefined){
let data5 = data4.dataset;
if(typeof data5 === "string"){
if(!pattern11.test(data5)){
const err13 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/dataset",schemaPath:"#/$defs/input/properties/dataset/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*$",parentSchema:schema43.properties.dataset,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/dataset",schemaPath:"#/$defs/input/properties/dataset/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.dataset.type,parentSchema:schema43.properties.dataset,data:data5};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.minimum !== undefined){
let data6 = data4.minimum;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err15 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/minimum",schemaPath:"#/$defs/input/properties/minimum/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema43.properties.minimum.type,parentSchema:schema43.properties.minimum,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 0 || isNaN(data6)){
const err16 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/minimum",schemaPath:"#/$defs/input/properties/minimum/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema43.properties.minimum,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
if(data4.optional !== undefined){
let data7 = data4.optional;
if(typeof data7 !== "boolean"){
const err17 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/optional",schemaPath:"#/$defs/input/properties/optional/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema43.properties.optional.type,parentSchema:schema43.properties.optional,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data4.at !== undefined){
let data8 = data4.at;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length < 1){
const err18 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/at",schemaPath:"#/$defs/input/properties/at/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema43.properties.at,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
for(const key4 in data8){
let data9 = data8[key4];
if(typeof data9 !== "string"){
const err19 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/at/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/input/properties/at/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.at.additionalProperties.type,parentSchema:schema43.properties.at.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!(data9 === "previous")){
const err20 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/at/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/input/properties/at/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema43.properties.at.additionalProperties.enum},message:"must be equal to one of the allowed values",schema:schema43.properties.at.additionalProperties.enum,parentSchema:schema43.properties.at.additionalProperties,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/at",schemaPath:"#/$defs/input/properties/at/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema43.properties.at.type,parentSchema:schema43.properties.at,data:data8};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data4.initial !== undefined){
let data10 = data4.initial;
if(typeof data10 === "string"){
if(!pattern11.test(data10)){
const err22 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/initial",schemaPath:"#/$defs/input/properties/initial/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*$",parentSchema:schema43.properties.initial,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/initial",schemaPath:"#/$defs/input/properties/initial/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.initial.type,parentSchema:schema43.properties.initial,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data4.via !== undefined){
let data11 = data4.via;
if(typeof data11 !== "string"){
const err24 = {instancePath:instancePath+"/inputs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/via",schemaPath:"#/$defs/input/properties/via/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema43.properties.via.type,parentSchema:schema43.properties.via,data:data11};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
}
}
else {
const err25 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.properties.inputs.type,parentSchema:schema42.properties.inputs,data:data3};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.prerequisites !== undefined){
let data12 = data.prerequisites;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key5 in data12){
const _errs37 = errors;
if(typeof key5 === "string"){
if(!pattern5.test(key5)){
const err26 = {instancePath:instancePath+"/prerequisites",schemaPath:"#/properties/prerequisites/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema42.properties.prerequisites.propertyNames,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
var valid9 = _errs37 === errors;
if(!valid9){
const err27 = {instancePath:instancePath+"/prerequisites",schemaPath:"#/properties/prerequisites/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema42.properties.prerequisites.propertyNames,parentSchema:schema42.properties.prerequisites,data:data12};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
for(const key6 in data12){
let data13 = data12[key6];
if((!(data13 && typeof data13 == "object" && !Array.isArray(data13))) && (typeof data13 !== "string")){
const err28 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/prerequisite/type",keyword:"type",params:{type: schema44.type},message:"must be object,string",schema:schema44.type,parentSchema:schema44,data:data13};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(data13.dataset === undefined){
const err29 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/prerequisite/required",keyword:"required",params:{missingProperty: "dataset"},message:"must have required property '"+"dataset"+"'",schema:schema44.required,parentSchema:schema44,data:data13};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
for(const key7 in data13){
if(!((((key7 === "dataset") || (key7 === "minimum")) || (key7 === "optional")) || (key7 === "via"))){
const err30 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/prerequisite/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema44,data:data13};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data13.dataset !== undefined){
let data14 = data13.dataset;
if(typeof data14 === "string"){
if(!pattern11.test(data14)){
const err31 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/dataset",schemaPath:"#/$defs/prerequisite/properties/dataset/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*$",parentSchema:schema44.properties.dataset,data:data14};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/dataset",schemaPath:"#/$defs/prerequisite/properties/dataset/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.properties.dataset.type,parentSchema:schema44.properties.dataset,data:data14};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data13.minimum !== undefined){
let data15 = data13.minimum;
if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
const err33 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/minimum",schemaPath:"#/$defs/prerequisite/properties/minimum/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema44.properties.minimum.type,parentSchema:schema44.properties.minimum,data:data15};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if((typeof data15 == "number") && (isFinite(data15))){
if(data15 < 0 || isNaN(data15)){
const err34 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/minimum",schemaPath:"#/$defs/prerequisite/properties/minimum/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema44.properties.minimum,data:data15};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
if(data13.optional !== undefined){
let data16 = data13.optional;
if(typeof data16 !== "boolean"){
const err35 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/optional",schemaPath:"#/$defs/prerequisite/properties/optional/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema44.properties.optional.type,parentSchema:schema44.properties.optional,data:data16};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data13.via !== undefined){
let data17 = data13.via;
if(typeof data17 !== "string"){
const err36 = {instancePath:instancePath+"/prerequisites/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/via",schemaPath:"#/$defs/prerequisite/properties/via/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.properties.via.type,parentSchema:schema44.properties.via,data:data17};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
}
}
else {
const err37 = {instancePath:instancePath+"/prerequisites",schemaPath:"#/properties/prerequisites/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.properties.prerequisites.type,parentSchema:schema42.properties.prerequisites,data:data12};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.outputs !== undefined){
let data18 = data.outputs;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key8 in data18){
const _errs53 = errors;
if(typeof key8 === "string"){
if(!pattern5.test(key8)){
const err38 = {instancePath:instancePath+"/outputs",schemaPath:"#/properties/outputs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema42.properties.outputs.propertyNames,data:key8,propertyName:key8};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
var valid13 = _errs53 === errors;
if(!valid13){
const err39 = {instancePath:instancePath+"/outputs",schemaPath:"#/properties/outputs/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid",schema:schema42.properties.outputs.propertyNames,parentSchema:schema42.properties.outputs,data:data18};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
for(const key9 in data18){
let data19 = data18[key9];
if((!(data19 && typeof data19 == "object" && !Array.isArray(data19))) && (typeof data19 !== "string")){
const err40 = {instancePath:instancePath+"/outputs/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/output/type",keyword:"type",params:{type: schema45.type},message:"must be object,string",schema:schema45.type,parentSchema:schema45,data:data19};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.dataset === undefined){
const err41 = {instancePath:instancePath+"/outputs/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/output/required",keyword:"required",params:{missingProperty: "dataset"},message:"must have required property '"+"dataset"+"'",schema:schema45.required,parentSchema:schema45,data:data19};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
for(const key10 in data19){
if(!((key10 === "dataset") || (key10 === "via"))){
const err42 = {instancePath:instancePath+"/outputs/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/output/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema45,data:data19};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data19.dataset !== undefined){
let data20 = data19.dataset;
if(typeof data20 === "string"){
if(!pattern11.test(data20)){
const err43 = {instancePath:instancePath+"/outputs/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/dataset",schemaPath:"#/$defs/output/properties/dataset/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*$",parentSchema:schema45.properties.dataset,data:data20};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/outputs/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/dataset",schemaPath:"#/$defs/output/properties/dataset/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.properties.dataset.type,parentSchema:schema45.properties.dataset,data:data20};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data19.via !== undefined){
let data21 = data19.via;
if(typeof data21 !== "string"){
const err45 = {instancePath:instancePath+"/outputs/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/via",schemaPath:"#/$defs/output/properties/via/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.properties.via.type,parentSchema:schema45.properties.via,data:data21};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
}
}
else {
const err46 = {instancePath:instancePath+"/outputs",schemaPath:"#/properties/outputs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.properties.outputs.type,parentSchema:schema42.properties.outputs,data:data18};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.config !== undefined){
let data22 = data.config;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key11 in data22){
const _errs65 = errors;
if(typeof key11 === "string"){
if(!pattern5.test(key11)){
const err47 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema42.properties.config.propertyNames,data:key11,propertyName:key11};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
var valid17 = _errs65 === errors;
if(!valid17){
const err48 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/propertyNames",keyword:"propertyNames",params:{propertyName: key11},message:"property name must be valid",schema:schema42.properties.config.propertyNames,parentSchema:schema42.properties.config,data:data22};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath:instancePath+"/config",schemaPath:"#/properties/config/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.properties.config.type,parentSchema:schema42.properties.config,data:data22};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data.command !== undefined){
let data23 = data.command;
if((typeof data23 !== "string") && (!(Array.isArray(data23)))){
const err50 = {instancePath:instancePath+"/command",schemaPath:"#/properties/command/type",keyword:"type",params:{type: schema42.properties.command.type},message:"must be string,array",schema:schema42.properties.command.type,parentSchema:schema42.properties.command,data:data23};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if(Array.isArray(data23)){
const len1 = data23.length;
for(let i1=0; i1<len1; i1++){
let data24 = data23[i1];
if(((typeof data24 !== "string") && (!((typeof data24 == "number") && (isFinite(data24))))) && (typeof data24 !== "boolean")){
const err51 = {instancePath:instancePath+"/command/" + i1,schemaPath:"#/properties/command/items/type",keyword:"type",params:{type: schema42.properties.command.items.type},message:"must be string,number,boolean",schema:schema42.properties.command.items.type,parentSchema:schema42.properties.command.items,data:data24};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
}
if(data.python !== undefined){
let data25 = data.python;
if(typeof data25 === "string"){
if(!pattern24.test(data25)){
const err52 = {instancePath:instancePath+"/python",schemaPath:"#/properties/python/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema42.properties.python,data:data25};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath:instancePath+"/python",schemaPath:"#/properties/python/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.python.type,parentSchema:schema42.properties.python,data:data25};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data.typescript !== undefined){
let data26 = data.typescript;
if(typeof data26 === "string"){
if(!pattern25.test(data26)){
const err54 = {instancePath:instancePath+"/typescript",schemaPath:"#/properties/typescript/pattern",keyword:"pattern",params:{pattern: "^[^#\\s][^#]*#[A-Za-z_$][A-Za-z0-9_$]*$"},message:"must match pattern \""+"^[^#\\s][^#]*#[A-Za-z_$][A-Za-z0-9_$]*$"+"\"",schema:"^[^#\\s][^#]*#[A-Za-z_$][A-Za-z0-9_$]*$",parentSchema:schema42.properties.typescript,data:data26};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
else {
const err55 = {instancePath:instancePath+"/typescript",schemaPath:"#/properties/typescript/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.typescript.type,parentSchema:schema42.properties.typescript,data:data26};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data.resources !== undefined){
let data27 = data.resources;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key12 in data27){
const _errs78 = errors;
if(typeof key12 === "string"){
if(!pattern11.test(key12)){
const err56 = {instancePath:instancePath+"/resources",schemaPath:"#/$defs/resources/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*$",parentSchema:schema46.propertyNames,data:key12,propertyName:key12};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
var valid21 = _errs78 === errors;
if(!valid21){
const err57 = {instancePath:instancePath+"/resources",schemaPath:"#/$defs/resources/propertyNames",keyword:"propertyNames",params:{propertyName: key12},message:"property name must be valid",schema:schema46.propertyNames,parentSchema:schema46,data:data27};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
for(const key13 in data27){
if(!(((((((key13 === "cores") || (key13 === "memory")) || (key13 === "gpus")) || (key13 === "disk")) || (key13 === "walltime")) || (key13 === "nodes")) || (key13 === "processes"))){
let data28 = data27[key13];
if((typeof data28 == "number") && (isFinite(data28))){
if(data28 < 0 || isNaN(data28)){
const err58 = {instancePath:instancePath+"/resources/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/resources/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema46.additionalProperties,data:data28};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/resources/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/resources/additionalProperties/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema46.additionalProperties.type,parentSchema:schema46.additionalProperties,data:data28};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
if(data27.cores !== undefined){
let data29 = data27.cores;
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 < 0 || isNaN(data29)){
const err60 = {instancePath:instancePath+"/resources/cores",schemaPath:"#/$defs/resources/properties/cores/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema46.properties.cores,data:data29};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/resources/cores",schemaPath:"#/$defs/resources/properties/cores/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema46.properties.cores.type,parentSchema:schema46.properties.cores,data:data29};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data27.memory !== undefined){
let data30 = data27.memory;
if((typeof data30 !== "string") && (!((typeof data30 == "number") && (isFinite(data30))))){
const err62 = {instancePath:instancePath+"/resources/memory",schemaPath:"#/$defs/resources/properties/memory/type",keyword:"type",params:{type: schema46.properties.memory.type},message:"must be string,number",schema:schema46.properties.memory.type,parentSchema:schema46.properties.memory,data:data30};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data27.gpus !== undefined){
let data31 = data27.gpus;
if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
const err63 = {instancePath:instancePath+"/resources/gpus",schemaPath:"#/$defs/resources/properties/gpus/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.gpus.type,parentSchema:schema46.properties.gpus,data:data31};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if((typeof data31 == "number") && (isFinite(data31))){
if(data31 < 0 || isNaN(data31)){
const err64 = {instancePath:instancePath+"/resources/gpus",schemaPath:"#/$defs/resources/properties/gpus/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema46.properties.gpus,data:data31};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
if(data27.disk !== undefined){
let data32 = data27.disk;
if((typeof data32 !== "string") && (!((typeof data32 == "number") && (isFinite(data32))))){
const err65 = {instancePath:instancePath+"/resources/disk",schemaPath:"#/$defs/resources/properties/disk/type",keyword:"type",params:{type: schema46.properties.disk.type},message:"must be string,number",schema:schema46.properties.disk.type,parentSchema:schema46.properties.disk,data:data32};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data27.walltime !== undefined){
let data33 = data27.walltime;
if((typeof data33 !== "string") && (!((typeof data33 == "number") && (isFinite(data33))))){
const err66 = {instancePath:instancePath+"/resources/walltime",schemaPath:"#/$defs/resources/properties/walltime/type",keyword:"type",params:{type: schema46.properties.walltime.type},message:"must be string,number",schema:schema46.properties.walltime.type,parentSchema:schema46.properties.walltime,data:data33};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data27.nodes !== undefined){
let data34 = data27.nodes;
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
const err67 = {instancePath:instancePath+"/resources/nodes",schemaPath:"#/$defs/resources/properties/nodes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.nodes.type,parentSchema:schema46.properties.nodes,data:data34};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 < 1 || isNaN(data34)){
const err68 = {instancePath:instancePath+"/resources/nodes",schemaPath:"#/$defs/resources/properties/nodes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema46.properties.nodes,data:data34};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
if(data27.processes !== undefined){
let data35 = data27.processes;
if(!(((typeof data35 == "number") && (!(data35 % 1) && !isNaN(data35))) && (isFinite(data35)))){
const err69 = {instancePath:instancePath+"/resources/processes",schemaPath:"#/$defs/resources/properties/processes/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema46.properties.processes.type,parentSchema:schema46.properties.processes,data:data35};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 < 1 || isNaN(data35)){
const err70 = {instancePath:instancePath+"/resources/processes",schemaPath:"#/$defs/resources/properties/processes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema46.properties.processes,data:data35};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
}
else {
const err71 = {instancePath:instancePath+"/resources",schemaPath:"#/$defs/resources/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema46.type,parentSchema:schema46,data:data27};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data.retry !== undefined){
let data36 = data.retry;
if((!(data36 && typeof data36 == "object" && !Array.isArray(data36))) && (!(((typeof data36 == "number") && (!(data36 % 1) && !isNaN(data36))) && (isFinite(data36))))){
const err72 = {instancePath:instancePath+"/retry",schemaPath:"#/$defs/retry/type",keyword:"type",params:{type: schema47.type},message:"must be object,integer",schema:schema47.type,parentSchema:schema47,data:data36};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
if((typeof data36 == "number") && (isFinite(data36))){
if(data36 < 0 || isNaN(data36)){
const err73 = {instancePath:instancePath+"/retry",schemaPath:"#/$defs/retry/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema47,data:data36};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
for(const key14 in data36){
if(!(((key14 === "limit") || (key14 === "on")) || (key14 === "scale"))){
const err74 = {instancePath:instancePath+"/retry",schemaPath:"#/$defs/retry/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties",schema:false,parentSchema:schema47,data:data36};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data36.limit !== undefined){
let data37 = data36.limit;
if(!(((typeof data37 == "number") && (!(data37 % 1) && !isNaN(data37))) && (isFinite(data37)))){
const err75 = {instancePath:instancePath+"/retry/limit",schemaPath:"#/$defs/retry/properties/limit/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema47.properties.limit.type,parentSchema:schema47.properties.limit,data:data37};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if((typeof data37 == "number") && (isFinite(data37))){
if(data37 < 0 || isNaN(data37)){
const err76 = {instancePath:instancePath+"/retry/limit",schemaPath:"#/$defs/retry/properties/limit/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema47.properties.limit,data:data37};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
if(data36.on !== undefined){
let data38 = data36.on;
if(Array.isArray(data38)){
const len2 = data38.length;
for(let i2=0; i2<len2; i2++){
let data39 = data38[i2];
if(typeof data39 !== "string"){
const err77 = {instancePath:instancePath+"/retry/on/" + i2,schemaPath:"#/$defs/retry/properties/on/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema47.properties.on.items.type,parentSchema:schema47.properties.on.items,data:data39};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(!((((data39 === "error") || (data39 === "memory")) || (data39 === "walltime")) || (data39 === "infrastructure"))){
const err78 = {instancePath:instancePath+"/retry/on/" + i2,schemaPath:"#/$defs/retry/properties/on/items/enum",keyword:"enum",params:{allowedValues: schema47.properties.on.items.enum},message:"must be equal to one of the allowed values",schema:schema47.properties.on.items.enum,parentSchema:schema47.properties.on.items,data:data39};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath:instancePath+"/retry/on",schemaPath:"#/$defs/retry/properties/on/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema47.properties.on.type,parentSchema:schema47.properties.on,data:data38};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data36.scale !== undefined){
let data40 = data36.scale;
if((typeof data40 == "number") && (isFinite(data40))){
if(data40 < 1 || isNaN(data40)){
const err80 = {instancePath:instancePath+"/retry/scale",schemaPath:"#/$defs/retry/properties/scale/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema47.properties.scale,data:data40};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
else {
const err81 = {instancePath:instancePath+"/retry/scale",schemaPath:"#/$defs/retry/properties/scale/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema47.properties.scale.type,parentSchema:schema47.properties.scale,data:data40};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
}
if(data.noWork !== undefined){
let data41 = data.noWork;
if(!(((typeof data41 == "number") && (!(data41 % 1) && !isNaN(data41))) && (isFinite(data41)))){
const err82 = {instancePath:instancePath+"/noWork",schemaPath:"#/properties/noWork/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema42.properties.noWork.type,parentSchema:schema42.properties.noWork,data:data41};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if((typeof data41 == "number") && (isFinite(data41))){
if(data41 > 255 || isNaN(data41)){
const err83 = {instancePath:instancePath+"/noWork",schemaPath:"#/properties/noWork/maximum",keyword:"maximum",params:{comparison: "<=", limit: 255},message:"must be <= 255",schema:255,parentSchema:schema42.properties.noWork,data:data41};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
if(data41 < 1 || isNaN(data41)){
const err84 = {instancePath:instancePath+"/noWork",schemaPath:"#/properties/noWork/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema42.properties.noWork,data:data41};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
}
if(data.files !== undefined){
let data42 = data.files;
if(Array.isArray(data42)){
const len3 = data42.length;
for(let i3=0; i3<len3; i3++){
let data43 = data42[i3];
if(typeof data43 !== "string"){
const err85 = {instancePath:instancePath+"/files/" + i3,schemaPath:"#/properties/files/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.files.items.type,parentSchema:schema42.properties.files.items,data:data43};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema42.properties.files.type,parentSchema:schema42.properties.files,data:data42};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data.after !== undefined){
let data44 = data.after;
if(Array.isArray(data44)){
const len4 = data44.length;
for(let i4=0; i4<len4; i4++){
let data45 = data44[i4];
if((!(data45 && typeof data45 == "object" && !Array.isArray(data45))) && (typeof data45 !== "string")){
const err87 = {instancePath:instancePath+"/after/" + i4,schemaPath:"#/properties/after/items/type",keyword:"type",params:{type: schema42.properties.after.items.type},message:"must be object,string",schema:schema42.properties.after.items.type,parentSchema:schema42.properties.after.items,data:data45};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
if(data45.task === undefined){
const err88 = {instancePath:instancePath+"/after/" + i4,schemaPath:"#/properties/after/items/required",keyword:"required",params:{missingProperty: "task"},message:"must have required property '"+"task"+"'",schema:schema42.properties.after.items.required,parentSchema:schema42.properties.after.items,data:data45};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
for(const key15 in data45){
if(!((key15 === "task") || (key15 === "via"))){
const err89 = {instancePath:instancePath+"/after/" + i4,schemaPath:"#/properties/after/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties",schema:false,parentSchema:schema42.properties.after.items,data:data45};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data45.task !== undefined){
let data46 = data45.task;
if(typeof data46 !== "string"){
const err90 = {instancePath:instancePath+"/after/" + i4+"/task",schemaPath:"#/properties/after/items/properties/task/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.after.items.properties.task.type,parentSchema:schema42.properties.after.items.properties.task,data:data46};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data45.via !== undefined){
let data47 = data45.via;
if(typeof data47 !== "string"){
const err91 = {instancePath:instancePath+"/after/" + i4+"/via",schemaPath:"#/properties/after/items/properties/via/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.after.items.properties.via.type,parentSchema:schema42.properties.after.items.properties.via,data:data47};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
}
}
}
else {
const err92 = {instancePath:instancePath+"/after",schemaPath:"#/properties/after/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema42.properties.after.type,parentSchema:schema42.properties.after,data:data44};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data.when !== undefined){
let data48 = data.when;
if(typeof data48 === "string"){
if(!pattern4.test(data48)){
const err93 = {instancePath:instancePath+"/when",schemaPath:"#/properties/when/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema42.properties.when,data:data48};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
else {
const err94 = {instancePath:instancePath+"/when",schemaPath:"#/properties/when/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema42.properties.when.type,parentSchema:schema42.properties.when,data:data48};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
else {
const err95 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema42.type,parentSchema:schema42,data};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="heddle.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.heddle === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "heddle"},message:"must have required property '"+"heddle"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "heddle") || (key0 === "name")) || (key0 === "description")) || (key0 === "parameters")) || (key0 === "dimensions")) || (key0 === "relations")) || (key0 === "datasets")) || (key0 === "tasks"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.heddle !== undefined){
let data0 = data.heddle;
if(1 !== data0){
const err2 = {instancePath:instancePath+"/heddle",schemaPath:"#/properties/heddle/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant",schema:1,parentSchema:schema31.properties.heddle,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema31.properties.name,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.name.type,parentSchema:schema31.properties.name,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.description !== undefined){
let data2 = data.description;
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema31.properties.description.type,parentSchema:schema31.properties.description,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.parameters !== undefined){
let data3 = data.parameters;
if((!(data3 && typeof data3 == "object" && !Array.isArray(data3))) && (data3 !== null)){
const err6 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: schema31.properties.parameters.type},message:"must be object,null",schema:schema31.properties.parameters.type,parentSchema:schema31.properties.parameters,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
const _errs9 = errors;
if(typeof key1 === "string"){
if(!pattern5.test(key1)){
const err7 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema31.properties.parameters.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
var valid1 = _errs9 === errors;
if(!valid1){
const err8 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema31.properties.parameters.propertyNames,parentSchema:schema31.properties.parameters,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
for(const key2 in data3){
let data4 = data3[key2];
if((((!data4 || typeof data4 != "object") && (typeof data4 !== "string")) && (!((typeof data4 == "number") && (isFinite(data4))))) && (typeof data4 !== "boolean")){
const err9 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/parameter/type",keyword:"type",params:{type: schema32.type},message:"must be object,string,number,boolean,array",schema:schema32.type,parentSchema:schema32,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key3 in data4){
if(!((((((((key3 === "type") || (key3 === "default")) || (key3 === "unit")) || (key3 === "range")) || (key3 === "choices")) || (key3 === "pattern")) || (key3 === "required")) || (key3 === "description"))){
const err10 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/parameter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data4.type !== undefined){
let data5 = data4.type;
if(typeof data5 !== "string"){
const err11 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/$defs/parameter/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.type.type,parentSchema:schema32.properties.type,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!(((((((data5 === "int") || (data5 === "float")) || (data5 === "string")) || (data5 === "bool")) || (data5 === "time")) || (data5 === "timespan")) || (data5 === "json"))){
const err12 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/$defs/parameter/properties/type/enum",keyword:"enum",params:{allowedValues: schema32.properties.type.enum},message:"must be equal to one of the allowed values",schema:schema32.properties.type.enum,parentSchema:schema32.properties.type,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data4.unit !== undefined){
let data6 = data4.unit;
if(typeof data6 !== "string"){
const err13 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/unit",schemaPath:"#/$defs/parameter/properties/unit/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.unit.type,parentSchema:schema32.properties.unit,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data4.range !== undefined){
let data7 = data4.range;
if(Array.isArray(data7)){
if(data7.length > 2){
const err14 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/range",schemaPath:"#/$defs/parameter/properties/range/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema32.properties.range,data:data7};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data7.length < 2){
const err15 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/range",schemaPath:"#/$defs/parameter/properties/range/minItems",keyword:"minItems",params:{limit: 2},message:"must NOT have fewer than 2 items",schema:2,parentSchema:schema32.properties.range,data:data7};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(!((typeof data8 == "number") && (isFinite(data8)))){
const err16 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/range/" + i0,schemaPath:"#/$defs/parameter/properties/range/items/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema32.properties.range.items.type,parentSchema:schema32.properties.range.items,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/range",schemaPath:"#/$defs/parameter/properties/range/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema32.properties.range.type,parentSchema:schema32.properties.range,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data4.choices !== undefined){
let data9 = data4.choices;
if(Array.isArray(data9)){
if(data9.length < 1){
const err18 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/choices",schemaPath:"#/$defs/parameter/properties/choices/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema32.properties.choices,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/choices",schemaPath:"#/$defs/parameter/properties/choices/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema32.properties.choices.type,parentSchema:schema32.properties.choices,data:data9};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data4.pattern !== undefined){
let data10 = data4.pattern;
if(typeof data10 !== "string"){
const err20 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/pattern",schemaPath:"#/$defs/parameter/properties/pattern/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.pattern.type,parentSchema:schema32.properties.pattern,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data4.required !== undefined){
let data11 = data4.required;
if(typeof data11 !== "boolean"){
const err21 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/required",schemaPath:"#/$defs/parameter/properties/required/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema32.properties.required.type,parentSchema:schema32.properties.required,data:data11};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data4.description !== undefined){
let data12 = data4.description;
if(typeof data12 !== "string"){
const err22 = {instancePath:instancePath+"/parameters/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/$defs/parameter/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.description.type,parentSchema:schema32.properties.description,data:data12};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
}
}
if(data.dimensions !== undefined){
let data13 = data.dimensions;
if((!(data13 && typeof data13 == "object" && !Array.isArray(data13))) && (data13 !== null)){
const err23 = {instancePath:instancePath+"/dimensions",schemaPath:"#/properties/dimensions/type",keyword:"type",params:{type: schema31.properties.dimensions.type},message:"must be object,null",schema:schema31.properties.dimensions.type,parentSchema:schema31.properties.dimensions,data:data13};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key4 in data13){
const _errs33 = errors;
if(typeof key4 === "string"){
if(!pattern5.test(key4)){
const err24 = {instancePath:instancePath+"/dimensions",schemaPath:"#/properties/dimensions/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema31.properties.dimensions.propertyNames,data:key4,propertyName:key4};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
var valid7 = _errs33 === errors;
if(!valid7){
const err25 = {instancePath:instancePath+"/dimensions",schemaPath:"#/properties/dimensions/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid",schema:schema31.properties.dimensions.propertyNames,parentSchema:schema31.properties.dimensions,data:data13};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
for(const key5 in data13){
if(!(validate21(data13[key5], {instancePath:instancePath+"/dimensions/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key5,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
}
if(data.relations !== undefined){
let data15 = data.relations;
if((!(data15 && typeof data15 == "object" && !Array.isArray(data15))) && (data15 !== null)){
const err26 = {instancePath:instancePath+"/relations",schemaPath:"#/properties/relations/type",keyword:"type",params:{type: schema31.properties.relations.type},message:"must be object,null",schema:schema31.properties.relations.type,parentSchema:schema31.properties.relations,data:data15};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key6 in data15){
const _errs38 = errors;
if(typeof key6 === "string"){
if(!pattern5.test(key6)){
const err27 = {instancePath:instancePath+"/relations",schemaPath:"#/properties/relations/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_]*$",parentSchema:schema31.properties.relations.propertyNames,data:key6,propertyName:key6};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
var valid9 = _errs38 === errors;
if(!valid9){
const err28 = {instancePath:instancePath+"/relations",schemaPath:"#/properties/relations/propertyNames",keyword:"propertyNames",params:{propertyName: key6},message:"property name must be valid",schema:schema31.properties.relations.propertyNames,parentSchema:schema31.properties.relations,data:data15};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
for(const key7 in data15){
if(!(validate25(data15[key7], {instancePath:instancePath+"/relations/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data15,parentDataProperty:key7,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
}
if(data.datasets !== undefined){
let data17 = data.datasets;
if((!(data17 && typeof data17 == "object" && !Array.isArray(data17))) && (data17 !== null)){
const err29 = {instancePath:instancePath+"/datasets",schemaPath:"#/properties/datasets/type",keyword:"type",params:{type: schema31.properties.datasets.type},message:"must be object,null",schema:schema31.properties.datasets.type,parentSchema:schema31.properties.datasets,data:data17};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key8 in data17){
const _errs43 = errors;
if(typeof key8 === "string"){
if(!pattern11.test(key8)){
const err30 = {instancePath:instancePath+"/datasets",schemaPath:"#/properties/datasets/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*$",parentSchema:schema31.properties.datasets.propertyNames,data:key8,propertyName:key8};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
var valid11 = _errs43 === errors;
if(!valid11){
const err31 = {instancePath:instancePath+"/datasets",schemaPath:"#/properties/datasets/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid",schema:schema31.properties.datasets.propertyNames,parentSchema:schema31.properties.datasets,data:data17};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
for(const key9 in data17){
let data18 = data17[key9];
if(((!(data18 && typeof data18 == "object" && !Array.isArray(data18))) && (typeof data18 !== "string")) && (data18 !== null)){
const err32 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/dataset/type",keyword:"type",params:{type: schema41.type},message:"must be object,string,null",schema:schema41.type,parentSchema:schema41,data:data18};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(typeof data18 === "string"){
if(!pattern4.test(data18)){
const err33 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/dataset/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema41,data:data18};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key10 in data18){
if(!(((((key10 === "dimensions") || (key10 === "format")) || (key10 === "path")) || (key10 === "sparse")) || (key10 === "description"))){
const err34 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/dataset/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema41,data:data18};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data18.dimensions !== undefined){
let data19 = data18.dimensions;
if(Array.isArray(data19)){
const len1 = data19.length;
for(let i1=0; i1<len1; i1++){
let data20 = data19[i1];
if(typeof data20 !== "string"){
const err35 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/dimensions/" + i1,schemaPath:"#/$defs/dataset/properties/dimensions/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.dimensions.items.type,parentSchema:schema41.properties.dimensions.items,data:data20};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/dimensions",schemaPath:"#/$defs/dataset/properties/dimensions/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema41.properties.dimensions.type,parentSchema:schema41.properties.dimensions,data:data19};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data18.format !== undefined){
let data21 = data18.format;
if(typeof data21 !== "string"){
const err37 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/format",schemaPath:"#/$defs/dataset/properties/format/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.format.type,parentSchema:schema41.properties.format,data:data21};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(!((((((data21 === "json") || (data21 === "csv")) || (data21 === "text")) || (data21 === "bytes")) || (data21 === "file")) || (data21 === "directory"))){
const err38 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/format",schemaPath:"#/$defs/dataset/properties/format/enum",keyword:"enum",params:{allowedValues: schema41.properties.format.enum},message:"must be equal to one of the allowed values",schema:schema41.properties.format.enum,parentSchema:schema41.properties.format,data:data21};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data18.path !== undefined){
let data22 = data18.path;
if(typeof data22 === "string"){
if(!pattern4.test(data22)){
const err39 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/path",schemaPath:"#/$defs/dataset/properties/path/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema41.properties.path,data:data22};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/path",schemaPath:"#/$defs/dataset/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.path.type,parentSchema:schema41.properties.path,data:data22};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data18.sparse !== undefined){
let data23 = data18.sparse;
if((typeof data23 !== "string") && (!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23))))){
const err41 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/sparse",schemaPath:"#/$defs/dataset/properties/sparse/type",keyword:"type",params:{type: schema41.properties.sparse.type},message:"must be string,integer",schema:schema41.properties.sparse.type,parentSchema:schema41.properties.sparse,data:data23};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 < 0 || isNaN(data23)){
const err42 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/sparse",schemaPath:"#/$defs/dataset/properties/sparse/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema41.properties.sparse,data:data23};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(typeof data23 === "string"){
if(!pattern4.test(data23)){
const err43 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/sparse",schemaPath:"#/$defs/dataset/properties/sparse/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema41.properties.sparse,data:data23};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data18.description !== undefined){
let data24 = data18.description;
if(typeof data24 !== "string"){
const err44 = {instancePath:instancePath+"/datasets/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/description",schemaPath:"#/$defs/dataset/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.properties.description.type,parentSchema:schema41.properties.description,data:data24};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
}
}
}
if(data.tasks !== undefined){
let data25 = data.tasks;
if((!(data25 && typeof data25 == "object" && !Array.isArray(data25))) && (data25 !== null)){
const err45 = {instancePath:instancePath+"/tasks",schemaPath:"#/properties/tasks/type",keyword:"type",params:{type: schema31.properties.tasks.type},message:"must be object,null",schema:schema31.properties.tasks.type,parentSchema:schema31.properties.tasks,data:data25};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key11 in data25){
const _errs63 = errors;
if(typeof key11 === "string"){
if(!pattern11.test(key11)){
const err46 = {instancePath:instancePath+"/tasks",schemaPath:"#/properties/tasks/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\"",schema:"^[A-Za-z_][A-Za-z0-9_.-]*$",parentSchema:schema31.properties.tasks.propertyNames,data:key11,propertyName:key11};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
var valid17 = _errs63 === errors;
if(!valid17){
const err47 = {instancePath:instancePath+"/tasks",schemaPath:"#/properties/tasks/propertyNames",keyword:"propertyNames",params:{propertyName: key11},message:"property name must be valid",schema:schema31.properties.tasks.propertyNames,parentSchema:schema31.properties.tasks,data:data25};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
for(const key12 in data25){
if(!(validate28(data25[key12], {instancePath:instancePath+"/tasks/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data25,parentDataProperty:key12,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
}
}
}
else {
const err48 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
